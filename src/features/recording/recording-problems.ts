import type { RefusalKind, RefusalType } from '../../kernel/event-sourcing/decider.js';
import { type ProblemType, problemTypes } from '../../kernel/http/problem.js';

/** What can be wrong with any command, whatever step it records. */
export const recordingProblems = problemTypes({
  UNKNOWN_EVENT: [404, 'Händelsen finns inte', 'Kontrollera händelsens id.'],
  ALREADY_EXISTS: [409, 'Id:t är redan upptaget', 'Det finns redan något med detta id. Läs det, eller utelämna id så får det nya ett eget.'],
  ID_TAKEN: [409, 'Id:t är redan upptaget', 'Ett annat erbjudande, uppdrag, samtycke, en annan plan eller företrädare har redan detta id. Utelämna det så väljs ett nytt.'],
  NOT_CORRECTABLE: [409, 'Händelsen kan inte rättas', 'Registrets egna händelser kan varken rättas, makuleras eller bestridas.'],
  PERSON_FORGOTTEN: [409, 'Uppgifterna om personen är gallrade', 'Ingenting mer kan registreras om personen.'],
  IMPOSSIBLE_DATE: [422, 'Datumet är inte möjligt', 'Rätta de datum som anges i errors.'],
  UNKNOWN_REFERENCE: [422, 'Något som anges finns inte i registret', 'Kontrollera de id:n som anges i errors, eller registrera det som saknas först.'],
  CORRECTION_CYCLE: [422, 'Rättelsen skulle rätta sig själv', 'Ange den händelse som är fel.'],
  CORRECTION_MISPLACED: [422, 'En rättelse av en rättelse gäller samma händelse', 'Låt data.corrects vara densamma, eller makulera rättelsen och rätta den andra händelsen för sig.'],
});

const STATUS: Readonly<Record<RefusalKind, number>> = { NOT_FOUND: 404, CONFLICT: 409, IMPOSSIBLE: 422 };

/** How a decider's refusal is answered over HTTP. */
export function problemOfRefusal({ code, kind, title, detail }: RefusalType): ProblemType {
  return { code, status: STATUS[kind], title, detail };
}
