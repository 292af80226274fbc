import { formatDay, type Day } from '../kernel/time/day.js';
import { FAR, knownDay, type Entry, type Stream } from './ledger.js';
import { EDUCATIONS } from './phrases.js';
import type { Random } from './random.js';
import { STAFF, TITLES, TITLE_DAY } from './rates.js';
import { TRANSITION } from './routine-rates.js';
import type { Controller } from './world.js';

const OLDEST_CERTIFICATE_DAYS = 700;
const EARLIEST_CERTIFICATE: Day = TITLE_DAY + 3;

/** What the proof of someone's title depends on. */
interface Candidate {
  readonly stream: Stream;
  readonly assistantNurse: boolean;
  readonly homeCare: boolean;
  readonly form: string;
  readonly from: Day;
  readonly until: Day;
  /** First day on which nothing more is written about them. */
  readonly last: Day;
  readonly employer: Controller;
}

/**
 * Writes what proves the employee's title, where something does: a certificate, the status on 2023-07-01, another
 * education.
 * @returns the first day on which their manager knows it, FAR when that never comes or the proof was withdrawn
 */
export function proveTitle(candidate: Candidate, random: Random): Day {
  approveEducation(candidate, random);
  const transition = documentTransition(candidate, random);
  const certificate = verifyCertificate(candidate, random);
  return Math.min(withdrawSome(candidate, random, transition), withdrawSome(candidate, random, certificate));
}

function approveEducation({ stream, homeCare, assistantNurse, from, last, employer }: Candidate, random: Random): void {
  if (!random.chance(homeCare ? TITLES.approvedEducationHomeCare : TITLES.approvedEducation)) return;
  const on = from + random.within([0, 40]);
  if (on >= last) return;
  const education = assistantNurse ? 'Undersköterska, vård- och omsorgsprogrammet' : random.pick(EDUCATIONS);
  stream.record('ApprovedEducationRecorded', on, { education, approvedBy: `Enhetschef, ${employer.name}` });
}

function documentTransition(
  { stream, assistantNurse, form, from, until, last, employer }: Candidate,
  random: Random,
): Entry | undefined {
  const permanentThen = form === 'PERMANENT' && from <= TITLE_DAY && TITLE_DAY < until;
  if (!assistantNurse || !permanentThen || !random.chance(TITLES.transition)) return undefined;
  const on = TITLE_DAY + random.spread(TITLES.transitionDays);
  if (on >= last) return undefined;
  const since = formatDay(from - random.below(3000));
  const evidence = `Anställningsavtal sedan ${since}, tillsvidare som undersköterska`;
  const further = stream.aside('transition').random;
  return stream.record('TransitionStatusDocumented', on, {
    employer: employer.name,
    evidence,
    ...(further.chance(TRANSITION.employmentForm) ? { employmentForm: form } : {}),
    ...(further.chance(TRANSITION.titleOn) ? { titleOn: since } : {}),
  });
}

function verifyCertificate({ stream, assistantNurse, from, last }: Candidate, random: Random): Entry | undefined {
  if (!random.chance(assistantNurse ? TITLES.certificate : STAFF.studiesLater)) return undefined;
  const employedBefore = from <= EARLIEST_CERTIFICATE;
  const dated = employedBefore
    ? TITLE_DAY + random.spread(TITLES.certificateDays)
    : Math.max(EARLIEST_CERTIFICATE, from - random.below(OLDEST_CERTIFICATE_DAYS));
  const on = Math.max(dated, from) + random.spread(TITLES.checkedAfterDays);
  if (on >= last) return undefined;
  const method = random.weighted(TITLES.methods);
  const checkedBy = method === 'CERTIFICATE_SHOWN' ? 'Enhetschef' : 'Bemanningsenheten';
  return stream.record('TitleVerified', on, { certificateDate: formatDay(dated), method, checkedBy });
}

/** @returns the first day on which the proof is known, FAR when there is none or it is withdrawn. */
function withdrawSome({ stream, last }: Candidate, random: Random, proof: Entry | undefined): Day {
  if (!proof) return FAR;
  const known = knownDay(proof);
  if (!random.chance(TITLES.withdrawn)) return known;
  const on = known + random.within(TITLES.withdrawnDays);
  if (on >= last) return known;
  stream.record(
    'TitleVerificationWithdrawn',
    on,
    { of: { ref: proof.ref }, cause: random.weighted(TITLES.withdrawalCauses) },
    { after: [proof] },
  );
  return FAR;
}
