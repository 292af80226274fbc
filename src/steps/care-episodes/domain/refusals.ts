import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why a step of the contact process cannot be true. */
export const episodeRefusals = refusalTypes({
  EPISODE_ANNULLED: [
    'CONFLICT',
    'Omsorgsperiodens början är makulerad',
    'Omsorgsperioden finns inte längre. Rätta makuleringen om den ändå stämde, eller registrera på rätt omsorgsperiod.',
  ],
  EPISODE_ENDED: [
    'CONFLICT',
    'Omsorgsperioden är avslutad',
    'Dagen ligger på eller efter omsorgsperiodens slut. Ange en dag före slutet, eller rätta slutdatumet om omsorgen pågår.',
  ],
  EPISODE_ALREADY_ENDED: [
    'CONFLICT',
    'Omsorgsperioden har redan ett slut',
    'Rätta det slut som är registrerat i stället för att registrera ett till.',
  ],
  EPISODE_END_BEFORE_START: [
    'IMPOSSIBLE',
    'Slutet ligger före starten',
    'Ange tidigast startdagen. En omsorgsperiod som aldrig blev av avslutas på sin första dag.',
  ],
  EPISODE_ALREADY_PAUSED: ['CONFLICT', 'Uppehållet pågår redan', 'Avsluta uppehållet innan ett nytt påbörjas.'],
  EPISODE_NOT_PAUSED: [
    'CONFLICT',
    'Inget uppehåll pågår',
    'Kontrollera dagen. Ett uppehåll avslutas tidigast dagen då det började.',
  ],
  UNIT_CLOSED: ['CONFLICT', 'Enheten är stängd', 'Välj en enhet som är öppen den dagen.'],

  UNKNOWN_OFFER: [
    'NOT_FOUND',
    'Erbjudandet finns inte',
    'Registrera först erbjudandet i omsorgsperioden och sedan svaret på det.',
  ],
  ANSWER_BEFORE_OFFER: [
    'IMPOSSIBLE',
    'Svaret ligger före erbjudandet',
    'Ange den dag då omsorgstagaren svarade, tidigast erbjudandets dag.',
  ],
  UNKNOWN_CONSENT: ['NOT_FOUND', 'Samtycket finns inte', 'Kontrollera att samtycket hör till omsorgsperioden.'],
  CONSENT_NOT_IN_EPISODE: [
    'IMPOSSIBLE',
    'Ett angivet samtycke finns inte',
    'Registrera samtycket i omsorgsperioden först, eller utelämna det för deltagaren.',
  ],
  CONSENT_ALREADY_WITHDRAWN: [
    'CONFLICT',
    'Samtycket är redan återkallat',
    'Rätta den registrerade återkallelsen om dagen är fel.',
  ],
  WITHDRAWAL_BEFORE_CONSENT: [
    'IMPOSSIBLE',
    'Återkallelsen ligger före samtycket',
    'Ange tidigast den dag då samtycket gavs.',
  ],

  PRIMARY_ALREADY_ASSIGNED: [
    'CONFLICT',
    'Det finns redan en ordinarie fast omsorgskontakt',
    'Byt eller avsluta den nuvarande, eller utse den nya som andra kontakt (SECOND) eller vice (DEPUTY).',
  ],
  TITLE_REQUIRED: [
    'CONFLICT',
    'Medarbetaren får inte utses',
    'I hemtjänsten får bara en undersköterska utses. Registrera titelkontrollen eller övergångsstatusen, välj någon annan, eller ange override.reason om det ändå har skett: då registreras det och visas som brist.',
  ],
  UNKNOWN_ASSIGNMENT: ['NOT_FOUND', 'Uppdraget finns inte', 'Kontrollera att uppdraget hör till omsorgsperioden.'],
  ASSIGNMENT_NOT_IN_EPISODE: [
    'IMPOSSIBLE',
    'Ett angivet uppdrag finns inte',
    'Ange bara uppdrag som har registrerats i omsorgsperioden.',
  ],
  ASSIGNMENT_NOT_ACTIVE: [
    'CONFLICT',
    'Uppdraget är inte aktivt den dagen',
    'Svaret säger varför (cause) och från eller till vilken dag uppdraget gäller. Kontrollera dagen och uppdragets början och slut. Ett uppdrag som aldrig blev av avslutas på sin första dag.',
  ],
  ABSENCE_ALREADY_STARTED: [
    'CONFLICT',
    'Frånvaron pågår redan',
    'Avsluta den pågående frånvaron innan en ny registreras.',
  ],
  ABSENCE_NOT_STARTED: ['CONFLICT', 'Ingen frånvaro pågår', 'Kontrollera dagen och uppdraget.'],

  UNKNOWN_REQUEST: ['NOT_FOUND', 'Begäran om byte finns inte', 'Kontrollera vilken begäran som avses.'],
  REQUEST_ALREADY_CLOSED: [
    'CONFLICT',
    'Begäran om byte är redan avslutad',
    'Rätta avslutet om dagen eller resultatet är fel.',
  ],
  CLOSED_BEFORE_REQUEST: ['IMPOSSIBLE', 'Avslutet ligger före begäran', 'Ange tidigast den dag då begäran kom.'],
  UNKNOWN_AGREEMENT: [
    'NOT_FOUND',
    'Överenskommelsen om privata medel finns inte',
    'Registrera först att överenskommelsen har ingåtts.',
  ],

  UNKNOWN_PLAN: ['NOT_FOUND', 'Genomförandeplanen finns inte', 'Registrera först att planen har överenskommits.'],
  PLAN_VERSION_TAKEN: ['CONFLICT', 'Versionen finns redan', 'Ange ett versionsnummer som är högre än planens senaste.'],
  BEFORE_PLAN: ['IMPOSSIBLE', 'Dagen ligger före planen', 'Ange tidigast den dag då planen överenskoms.'],
});
