import { dayOf, type Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import { type Stretch, valuesByDay } from '../intervals.js';

/** What is agreed about the next follow-up. */
export interface Agenda {
  /** The latest of PlanAgreed, PlanRevised and FollowUpHeld. */
  readonly latest: Fact;
  /** The last date set by it, or by a FollowUpPlanned or FollowUpNotHeld after it. */
  readonly date?: Day;
  readonly setBy?: Fact;
}

/** The types of facts that an agenda is read from. */
const AGENDA_TYPES = ['PlanAgreed', 'PlanRevised', 'FollowUpHeld', 'FollowUpPlanned', 'FollowUpNotHeld'] as const;

type AgendaEntry = Fact<(typeof AGENDA_TYPES)[number]>;

/** From the first PlanAgreed on, what is agreed at the end of each day; all plans of the episode are one sequence. */
export function agendaByDay(facts: Facts): readonly Stretch<Agenda>[] {
  const agreed: { day: Day; agenda: Agenda }[] = [];
  for (const entry of facts.of(...AGENDA_TYPES)) {
    const before = agreed.at(-1)?.agenda;
    if (before || entry.type === 'PlanAgreed') agreed.push({ day: entry.day, agenda: after(before, entry) });
  }
  return valuesByDay(agreed, ({ agenda }) => agenda);
}

/** The entries that an agenda rests on. */
export function agendaEvidence({ latest, setBy }: Agenda): string[] {
  return setBy && setBy !== latest ? [latest.id, setBy.id] : [latest.id];
}

function after(agenda: Agenda | undefined, entry: AgendaEntry): Agenda {
  const said = dateSaidBy(entry);
  const date = said === undefined ? undefined : dayOf(said);
  const setBy = date === undefined ? undefined : entry;
  const amends = entry.type === 'FollowUpPlanned' || entry.type === 'FollowUpNotHeld';
  if (!agenda || !amends) return { latest: entry, date, setBy };
  return setBy ? { latest: agenda.latest, date, setBy } : agenda;
}

/** The date that an entry sets for the follow-up. */
function dateSaidBy(entry: AgendaEntry): string | undefined {
  switch (entry.type) {
    case 'PlanAgreed':
    case 'PlanRevised':
      return entry.data.followUpOn;
    case 'FollowUpHeld':
      return entry.data.nextFollowUpOn;
    case 'FollowUpPlanned':
      return entry.data.on;
    case 'FollowUpNotHeld':
      return entry.data.newDate;
  }
}
