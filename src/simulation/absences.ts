import type { Day } from '../kernel/time/day.js';
import { assign, type Assignment } from './assignments.js';
import type { Episode } from './episode.js';
import { CONTACTS } from './recipient-rates.js';

/**
 * Writes the absences of a primary contact until `until`: their leaves, mostly also in the recipient's record, often
 * with a deputy.
 * @param contacts where the deputies are added
 */
export function coverAbsences(episode: Episode, primary: Assignment, until: Day, contacts: Assignment[]): void {
  const { random } = episode.terms;
  for (const leave of primary.worker.leaves) {
    if (leave.from < primary.from || leave.from >= until) continue;
    const deputy = random.chance(CONTACTS.deputy)
      ? assign(episode, 'DEPUTY', leave.from, [primary.entry], until, primary.worker)
      : undefined;
    if (deputy) contacts.push(deputy);
    const back = Math.min(leave.to, until);
    if (random.chance(CONTACTS.absenceWritten)) {
      const data = { assignment: primary.id, ...(deputy ? { deputyAssignment: deputy.id } : {}) };
      const after = [primary.entry, ...(deputy ? [deputy.entry] : [])];
      const started = episode.write('ContactAbsenceStarted', leave.from, data, { after });
      if (leave.to <= until) episode.write('ContactAbsenceEnded', leave.to, data, { after: [started] });
    }
    if (deputy) {
      episode.write(
        'ContactEnded',
        back,
        { assignment: deputy.id, initiator: 'UNIT', reasonCode: 'OTHER' },
        { after: [deputy.entry] },
      );
      deputy.to = back;
    }
  }
}
