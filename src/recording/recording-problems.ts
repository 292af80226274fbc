import type { RefusalKind, RefusalType } from '../kernel/event-sourcing/decider.js';
import { type ProblemType, problemTypes } from '../kernel/http/problem.js';
import { entryProblems } from '../judgement/entry-problems.js';

const ofRecording = problemTypes({
  ALREADY_EXISTS: [
    409,
    'Id:t är redan upptaget',
    'Det finns redan något med detta id. Läs det, eller utelämna id så får det nya ett eget.',
  ],
  ID_TAKEN: [
    409,
    'Id:t är redan upptaget',
    'Ett annat erbjudande, uppdrag, samtycke, en annan plan eller företrädare har redan detta id. Utelämna det så väljs ett nytt.',
  ],
  STREAM_FULL: [
    409,
    'Det finns för många händelser här',
    'Inget mer kan registreras, bara rättelser. Så många händelser tyder på ett fel hos den som registrerar dem.',
  ],
  PERSON_FORGOTTEN: [409, 'Uppgifterna om personen är gallrade', 'Ingenting mer kan registreras om personen.'],
  IMPOSSIBLE_DATE: [422, 'Datumet är inte möjligt', 'Rätta de datum som anges i errors.'],
  UNKNOWN_REFERENCE: [
    422,
    'Något som anges finns inte i registret',
    'Kontrollera de id:n som anges i errors, eller registrera det som saknas först.',
  ],
});

/** What can be wrong with any command, whatever step it records. */
export const recordingProblems = { ...entryProblems, ...ofRecording };

const STATUS: Readonly<Record<RefusalKind, number>> = {
  NOT_FOUND: 404,
  CONFLICT: 409,
  IMPOSSIBLE: 422,
  FORBIDDEN: 403,
};

/** How a decider's refusal is answered over HTTP. */
export function problemOfRefusal({ code, kind, title, detail }: RefusalType): ProblemType {
  return { code, status: STATUS[kind], title, detail };
}
