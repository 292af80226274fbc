import type { FactData } from '../../facts/event-catalogue.js';
import type { Status } from '../model.js';
import type { Piece, Rule } from '../rule.js';
import { isYes } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** While the standing answer is no: a reason in words or by a code; OTHER by itself says too little. */
function evaluate({ answers }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { from, to, value: answer } of answers.standing) {
    if (!isYes(answer)) pieces.say(from, to, statusOf(answer.data), [answer.id]);
  }
  return pieces.list;
}

function statusOf({ reasonCode, reasonText }: FactData['OfferDeclined']): Status {
  if (reasonText !== undefined) return 'MET';
  if (reasonCode === undefined) return 'BREACH';
  return reasonCode === 'OTHER' ? 'WARNING' : 'MET';
}

export const declineReasonRule: Rule = {
  id: 'DECLINE_REASON',
  name: 'Orsak när omsorgstagaren tackar nej',
  words: {
    lack: 'Orsak till nej saknas',
    wanting:
      'Orsaken till att omsorgstagaren tackade nej saknas. Ange reasonCode; vill omsorgstagaren inte ange någon orsak, ange DID_NOT_WISH_TO_STATE.',
    mendedBy: 'EntryCorrected',
    button: 'Ange orsaken',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'När omsorgstagaren tackar nej ska orsaken dokumenteras, med egna ord eller som en av rutinens orsaker. Att omsorgstagaren inte vill ange någon orsak dokumenteras som orsak. Enbart "annan orsak" räcker inte.',
      parameters: [],
      evaluate,
    },
  ],
};
