import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why a step about an employee cannot be true. */
export const staffRefusals = refusalTypes({
  STAFF_ANNULLED: [
    'CONFLICT',
    'Medarbetarens registrering är makulerad',
    'Rätta makuleringen om registreringen ändå stämde, eller registrera på rätt medarbetare.',
  ],
  STAFF_NOT_EMPLOYED: [
    'CONFLICT',
    'Medarbetaren är inte anställd den dagen',
    'Kontrollera dagen, registrera en ny anställning eller välj någon annan.',
  ],
  ALREADY_ON_LEAVE: ['CONFLICT', 'Ledigheten pågår redan', 'Avsluta den pågående ledigheten innan en ny registreras.'],
  NOT_ON_LEAVE: [
    'CONFLICT',
    'Ingen ledighet pågår',
    'Kontrollera dagen. En ledighet avslutas tidigast dagen då den började.',
  ],
  UNKNOWN_EVIDENCE: [
    'IMPOSSIBLE',
    'Underlaget finns inte hos medarbetaren',
    'Ange händelse-id för en titelkontroll, en övergångsstatus eller en godkänd utbildning hos samma medarbetare.',
  ],
  EVIDENCE_ALREADY_WITHDRAWN: [
    'CONFLICT',
    'Underlaget är redan underkänt',
    'Rätta den registrerade händelsen om det är fel.',
  ],
  ASSIGNMENT_OF_ANOTHER: [
    'CONFLICT',
    'Uppdraget är en annan medarbetares',
    'Uppdragsbeskrivningen skrivs under av den som har uppdraget.',
  ],
});
