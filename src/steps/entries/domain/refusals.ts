import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why an entry about another entry cannot be. */
export const entryRefusals = refusalTypes({
  NOT_CORRECTABLE: [
    'CONFLICT',
    'Händelsen kan inte ändras',
    'Registrets egna händelser kan varken rättas, makuleras eller bestridas.',
  ],
  CORRECTION_EMPTY: [
    'IMPOSSIBLE',
    'Rättelsen säger inte vad som är rätt',
    'Ange den rätta dagen i effectiveOn, de rätta uppgifterna i data, eller båda. Gäller händelsen inte alls, makulera den.',
  ],
  CORRECTION_CYCLE: [
    'IMPOSSIBLE',
    'Rättelsen skulle rätta sig själv',
    'Låt data.corrects vara den händelse som den rättade rättelsen gäller.',
  ],
  CORRECTION_MISPLACED: [
    'IMPOSSIBLE',
    'En rättelse av en rättelse gäller samma händelse',
    'Låt data.corrects vara oförändrad. Makulera rättelsen och rätta den andra händelsen för sig om den gällde fel händelse.',
  ],
});
