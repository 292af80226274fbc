import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why a step about who may what cannot be. */
export const accessRefusals = refusalTypes({
  UNIT_ELSEWHERE: [
    'IMPOSSIBLE',
    'Enheten hör inte till den personuppgiftsansvarige',
    'Ange enheter som drivs av den personuppgiftsansvarige eller på dennes uppdrag. För den som ersätter en enhetschef räknas bara egna enheter.',
  ],
  DECIDED_BY_HOLDER: [
    'IMPOSSIBLE',
    'Ingen beslutar om sin egen behörighet',
    'Ange som decidedBy någon annan än den som får rollen.',
  ],
  INSPECTION_OF_ANOTHER: [
    'IMPOSSIBLE',
    'Granskningen gäller en annan personuppgiftsansvarig',
    'Ange en granskning hos samma personuppgiftsansvariga som behörigheten gäller.',
  ],
  INSPECTION_OVER: [
    'CONFLICT',
    'Granskningen är avslutad',
    'Granskningen är avslutad, makulerad eller har löpt ut den dagen. Öppna en ny om den fortsätter.',
  ],
  GRANT_ANNULLED: ['CONFLICT', 'Behörigheten är makulerad', 'Rätta makuleringen om behörigheten ändå var beslutad.'],
  GRANT_ALREADY_REVOKED: ['CONFLICT', 'Behörigheten är redan återkallad', 'Ingenting mer behöver göras.'],
  INSPECTION_ANNULLED: [
    'CONFLICT',
    'Granskningens öppnande är makulerat',
    'Rätta makuleringen om granskningen ändå var öppnad.',
  ],
  INSPECTION_ALREADY_CLOSED: ['CONFLICT', 'Granskningen är redan avslutad', 'Ingenting mer behöver göras.'],
  IDENTITY_ALREADY_LINKED: [
    'CONFLICT',
    'Medarbetaren har redan en kopplad inloggning',
    'Koppla bort den inloggning som gäller nu först.',
  ],
  IDENTITY_NOT_LINKED: ['CONFLICT', 'Medarbetaren har ingen kopplad inloggning', 'Ingenting mer behöver göras.'],
  ACCESS_NOT_NARROWED: ['CONFLICT', 'Åtkomsten är inte begränsad', 'Ingenting mer behöver göras.'],
  GLASS_ALREADY_REVIEWED: ['CONFLICT', 'Nödåtkomsten är redan granskad', 'Rätta granskningen om bedömningen var fel.'],
  GLASS_OWN_REVIEW: [
    'FORBIDDEN',
    'Ingen granskar sin egen nödåtkomst',
    'Låt någon annan än den som öppnade nödåtkomsten granska den.',
  ],
  PERSON_ALREADY_NOTED: ['CONFLICT', 'Omsorgstagaren är redan uppmärksammad', 'Ingenting mer behöver göras.'],
  PERSON_NOT_NOTED: ['CONFLICT', 'Omsorgstagaren är inte uppmärksammad', 'Ingenting mer behöver göras.'],
});
