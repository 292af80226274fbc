import { Problem, problemTypes } from '../kernel/http/problem.js';
import { isId } from '../kernel/id-form.js';
import type { RegisterIndex, Streams } from './read-model.js';

/** What can be wrong with a question (contract §5), beyond its form. */
export const answerProblems = problemTypes({
  UNKNOWN_RECIPIENT: [404, 'Omsorgstagaren finns inte i registret', 'Ingen omsorgstagare har detta id.'],
  UNKNOWN_EPISODE: [404, 'Omsorgsperioden finns inte i registret', 'Ingen omsorgsperiod har detta id.'],
  UNKNOWN_STAFF: [404, 'Medarbetaren finns inte i registret', 'Ingen medarbetare har detta id.'],
  UNKNOWN_UNIT: [404, 'Enheten finns inte i registret', 'Ingen enhet har detta id.'],
  UNKNOWN_CONTROLLER: [
    404,
    'Den personuppgiftsansvarige finns inte i registret',
    'Ingen personuppgiftsansvarig har detta id.',
  ],
  UNKNOWN_GRANT: [404, 'Behörigheten finns inte i registret', 'Ingen behörighet har detta id.'],
  UNKNOWN_INSPECTION: [404, 'Granskningen finns inte i registret', 'Ingen granskning har detta id.'],
  UNKNOWN_LOG_REVIEW: [404, 'Loggkontrollen finns inte i registret', 'Ingen loggkontroll har detta id.'],
  UNKNOWN_ENTRY: [404, 'Ingen sådan händelse', 'Omsorgstagaren har ingen händelse på eller före den positionen.'],
  UNKNOWN_FIGURE: [400, 'Måttet finns inte', 'Ange ett av måtten i rapporten som figure.'],
  UNIT_NOT_OF_CONTROLLER: [
    404,
    'Enheten hör inte till den personuppgiftsansvarige',
    'Enheten är varken den personuppgiftsansvariges egen eller anlitad av den.',
  ],
  NOT_VERIFIED_YET: [
    404,
    'Loggen har inte kontrollerats än',
    'Ingen kontroll av loggen har blivit klar sedan servern startade. Försök igen senare, eller kör fok verify --protocol FIL.pdf på servern.',
  ],
  KNOWN_AT_AHEAD: [
    400,
    'Kunskapstidpunkten ligger i framtiden',
    'Ingen kan veta vad som kommer att registreras. Ange en tidpunkt som inte ligger framåt i tiden som knownAt.',
  ],
  PERIOD_REVERSED: [400, 'Perioden slutar innan den börjar', 'Ange ett datum i to som inte ligger före from.'],
  PERIOD_TOO_LONG: [400, 'Perioden är för lång', 'Högst 240 tidpunkter besvaras åt gången.'],
});

/** The kinds of stream that a question may name. */
export type Named =
  'recipient' | 'careEpisode' | 'staff' | 'unit' | 'controller' | 'grant' | 'inspection' | 'logReview';

const UNKNOWN = {
  recipient: answerProblems.UNKNOWN_RECIPIENT,
  careEpisode: answerProblems.UNKNOWN_EPISODE,
  staff: answerProblems.UNKNOWN_STAFF,
  unit: answerProblems.UNKNOWN_UNIT,
  controller: answerProblems.UNKNOWN_CONTROLLER,
  grant: answerProblems.UNKNOWN_GRANT,
  inspection: answerProblems.UNKNOWN_INSPECTION,
  logReview: answerProblems.UNKNOWN_LOG_REVIEW,
} as const;

/** The error for an id that nothing of its kind has. */
export function unknown(kind: Named, id: string): Problem {
  // What is no id of ours is not repeated: somebody may have put a number or a name there.
  return new Problem(UNKNOWN[kind], { members: { kind, ...(isId(id) ? { id } : {}) } });
}

/** What tells whether a stream is there. */
export interface ExistenceReads {
  readonly index: Pick<RegisterIndex, 'contextOf'>;
  readonly streams: Pick<Streams, 'read'>;
}

/**
 * Makes sure that the register has such a stream, whenever it came in.
 * @param id in lower case
 * @throws Problem 404 that says which kind and id it has not
 */
export async function mustExist({ index, streams }: ExistenceReads, kind: Named, id: string): Promise<void> {
  if (!isId(id)) throw unknown(kind, id);
  const stream = `${kind}-${id}`;
  if ((await index.contextOf(stream)) !== undefined) return;
  // What was just opened is in the log before it is in the index: the answer is late then, not an error.
  if ((await streams.read(stream)).length === 0) throw unknown(kind, id);
}
