import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why a step about a recipient cannot be true. */
export const recipientRefusals = refusalTypes({
  RECIPIENT_ANNULLED: [
    'CONFLICT',
    'Registreringen är makulerad',
    'Rätta makuleringen om registreringen ändå stämde, eller registrera på rätt person.',
  ],
  MERGED_INTO_SELF: [
    'IMPOSSIBLE',
    'En person kan inte slås ihop med sig själv',
    'Ange den andra registreringen av samma person.',
  ],
  ALREADY_MERGED: ['CONFLICT', 'Registreringarna är redan ihopslagna', 'Ingenting mer behöver göras.'],
});
