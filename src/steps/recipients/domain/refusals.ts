import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why a step about a recipient cannot be true. */
export const recipientRefusals = refusalTypes({
  RECIPIENT_ANNULLED: [
    'CONFLICT',
    'Registreringen är makulerad',
    'Rätta makuleringen om registreringen ändå stämde, eller registrera på rätt person.',
  ],
  ALREADY_REGISTERED: [
    'CONFLICT',
    'Personen är redan registrerad',
    'Den personuppgiftsansvarige har redan en omsorgstagare med detta nummer: recipient. Använd den registreringen. Om det är en annan person, ange anotherPerson med skälet.',
  ],
  MERGED_INTO_SELF: [
    'IMPOSSIBLE',
    'En person kan inte slås samman med sig själv',
    'Ange den andra registreringen av samma person.',
  ],
  ALREADY_MERGED: ['CONFLICT', 'Registreringarna är redan sammanslagna', 'Ingenting mer behöver göras.'],
});
