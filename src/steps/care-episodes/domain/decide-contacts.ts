import { accept, type Decide, type Refusal, refuse } from '../../../kernel/event-sourcing/decider.js';
import { type Day, dayOf, formatDay } from '../../../kernel/time/day.js';
import type { Proposed } from '../../../facts/proposed.js';
import { staffRefusals } from '../../staff/domain/refusals.js';
import type { AssignmentEnd, CareEpisode } from './care-episode.js';
import { duringCare } from './decide-episode.js';
import { episodeRefusals as refusals } from './refusals.js';

/** Only one is the primary at a time; a second contact and deputies may stand beside. */
export const assignContact = duringCare<Proposed<'ContactAssigned'>>((step, episode) => {
  const primary = step.data.role === 'PRIMARY' ? episode.primaryOn(dayOf(step.effectiveOn)) : undefined;
  if (primary) return refuse(refusals.PRIMARY_ALREADY_ASSIGNED, { assignment: primary.id, staff: primary.staff });
  return appointmentRefusal(step, episode) ?? accept(step);
});

/**
 * The old contact is there until the day on which the new one takes over, also when something else ends the assignment
 * that very day: the employee leaves, or the end was recorded already.
 */
export const replaceContact = duringCare<Proposed<'ContactReplaced'>>((step, episode) => {
  const day = dayOf(step.effectiveOn);
  const { ends } = step.data;
  const old = episode.daysOf(ends);
  if (!old || old.to !== day || episode.endOf(ends, day) === 'REPLACED') {
    const refusal = inactive(step, episode, ends);
    return refusal ?? appointmentRefusal(step, episode) ?? accept(step);
  }
  // Somebody else may have been appointed that day already; the old one is not there any more to stand in the way.
  const primary = old.role === 'PRIMARY' ? episode.primaryOn(day) : undefined;
  if (primary) return refuse(refusals.PRIMARY_ALREADY_ASSIGNED, { assignment: primary.id, staff: primary.staff });
  return appointmentRefusal(step, episode) ?? accept(step);
});

/** What is not active cannot end. An assignment that never came about ends on its first day. */
export const endContact = duringCare<Proposed<'ContactEnded'>>(
  (step, episode) => inactive(step, episode, step.data.assignment) ?? accept(step),
);

/** The wish is about a contact whom the recipient has that day. */
export const requestContactChange = duringCare<Proposed<'ContactChangeRequested'>>(
  (step, episode) => inactive(step, episode, step.data.assignment) ?? accept(step),
);

/** A wish is closed once, and not before it was told. */
export const closeContactChangeRequest = duringCare<Proposed<'ContactChangeRequestClosed'>>((step, episode) => {
  const request = episode.changeRequest(step.data.request);
  if (!request) return refuse(refusals.UNKNOWN_REQUEST);
  if (request.closed) return refuse(refusals.REQUEST_ALREADY_CLOSED);
  if (dayOf(step.effectiveOn) < request.fact.day)
    return refuse(refusals.CLOSED_BEFORE_REQUEST, { requestedOn: formatDay(request.fact.day) });
  return accept(step);
});

export const startAbsence = duringCare(
  withKnownDeputy((step, episode) => {
    const refusal = inactive(step, episode, step.data.assignment);
    if (refusal) return refusal;
    return episode.isAbsent(step.data.assignment, dayOf(step.effectiveOn))
      ? refuse(refusals.ABSENCE_ALREADY_STARTED)
      : accept(step);
  }),
);

export const endAbsence = duringCare(
  withKnownDeputy((step, episode) => {
    if (!episode.hasAssignment(step.data.assignment)) return refuse(refusals.UNKNOWN_ASSIGNMENT);
    return episode.isAbsent(step.data.assignment, dayOf(step.effectiveOn))
      ? accept(step)
      : refuse(refusals.ABSENCE_NOT_STARTED);
  }),
);

function inactive(
  step: { readonly effectiveOn: string },
  episode: CareEpisode,
  assignment: string,
): Refusal | undefined {
  if (!episode.hasAssignment(assignment)) return refuse(refusals.UNKNOWN_ASSIGNMENT);
  const day = dayOf(step.effectiveOn);
  return episode.activeOn(day, assignment) ? undefined : notActive(day, episode, assignment);
}

/** Says why the assignment is not active on the day: it starts later, it ended, or it has no day at all. */
function notActive(day: Day, episode: CareEpisode, assignment: string): Refusal {
  const span = episode.daysOf(assignment);
  if (!span) return refuse(refusals.ASSIGNMENT_NOT_ACTIVE, { cause: 'NO_DAY' }, NOT_ACTIVE.NO_DAY);
  if (day < span.from)
    return refuse(
      refusals.ASSIGNMENT_NOT_ACTIVE,
      { cause: 'NOT_STARTED', startsOn: formatDay(span.from) },
      NOT_ACTIVE.NOT_STARTED,
    );
  const cause = episode.endOf(assignment, span.to);
  return refuse(refusals.ASSIGNMENT_NOT_ACTIVE, { cause, endedOn: formatDay(span.to) }, NOT_ACTIVE[cause]);
}

/** By cause: why it is so, and the way out. */
const NOT_ACTIVE: Readonly<Record<AssignmentEnd | 'NOT_STARTED' | 'NO_DAY', string>> = {
  NOT_STARTED:
    'Uppdraget börjar senare, den dag som anges i startsOn. Ange den dagen eller en senare, eller rätta uppdragets början.',
  NO_DAY:
    'Uppdraget har ingen dag: det avslutades senast den dag då det började, eller medarbetaren var inte anställd då. Utse en kontakt i stället, eller rätta den händelse som är fel.',
  ENDED: 'Uppdraget avslutades den dag som anges i endedOn. Utse en ny kontakt, eller rätta avslutet om dagen är fel.',
  REPLACED:
    'Kontakten byttes den dag som anges i endedOn. Ange det uppdrag som gäller nu, eller rätta bytet om dagen är fel.',
  EMPLOYMENT_ENDED:
    'Uppdraget upphörde när medarbetarens anställning avslutades, den dag som anges i endedOn. Kontakten kan bytas den dagen; senare utses en ny kontakt. Rätta anställningens slut om dagen är fel.',
};

/**
 * Who is appointed in home care holds the title, or somebody says why it is done all the same: then it stands as a
 * breach (E13).
 */
function appointmentRefusal(
  step: Proposed<'ContactAssigned' | 'ContactReplaced'>,
  episode: CareEpisode,
): Refusal | undefined {
  const { staff } = step.data;
  const day = dayOf(step.effectiveOn);
  if (!episode.isEmployed(staff, day)) return refuse(staffRefusals.STAFF_NOT_EMPLOYED, { staff });
  const overridden = step.data.override !== undefined;
  if (episode.situation?.care.careForm !== 'HOME_CARE' || overridden || episode.mayBeAppointed(staff, day))
    return undefined;
  return refuse(refusals.TITLE_REQUIRED, { staff });
}

type Absence = Proposed<'ContactAbsenceStarted' | 'ContactAbsenceEnded'>;

function withKnownDeputy(decide: Decide<CareEpisode, Absence>): Decide<CareEpisode, Absence> {
  return (step, episode) => {
    const deputy = step.data.deputyAssignment;
    return deputy !== undefined && !episode.hasAssignment(deputy)
      ? refuse(refusals.ASSIGNMENT_NOT_IN_EPISODE, { field: 'deputyAssignment' })
      : decide(step, episode);
  };
}
