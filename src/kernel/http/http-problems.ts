import { problemTypes } from './problem.js';

/** The errors that any call can be answered with, whatever it is about. */
export const httpProblems = problemTypes({
  MALFORMED_REQUEST: [
    400,
    'Anropet kan inte tolkas',
    'Kontrollera adressen och att innehållet är giltig JSON i UTF-8 som börjar med ett objekt.',
  ],
  BODY_TOO_DEEP: [
    400,
    'Anropets innehåll är för djupt nästlat',
    'Högst 32 nivåer av objekt och listor tas emot, det yttersta objektet inräknat.',
  ],
  BODY_TOO_WIDE: [
    400,
    'Anropets innehåll har för många fält eller poster',
    'Högst 200 fält i ett objekt, 1 000 poster i en lista och 10 000 fält och poster i allt tas emot.',
  ],
  DUPLICATE_MEMBER: [
    400,
    'Ett fält anges mer än en gång',
    'Ange varje fält en gång. Vilket det är står i errors. Ingenting registrerades.',
  ],
  VALIDATION_FAILED: [400, 'Uppgifterna följer inte formatet', 'Rätta de fält som anges i errors och skicka på nytt.'],
  ACTOR_REQUIRED: [
    400,
    'Det framgår inte vem som gör anropet',
    'Ange X-Actor-Id och X-Actor-Role: bokstäver, siffror och tecknen . _ : / - utan mellanslag.',
  ],
  ACTOR_HEADERS_NOT_ALLOWED: [
    400,
    'Vem som handlar anges inte i anropet',
    'Utelämna X-Actor-Id, X-Actor-Role och X-Actor-Unit: vem det är följer av inloggningen.',
  ],
  IF_MATCH_MALFORMED: [
    400,
    'If-Match kan inte tolkas',
    'Ange ETag-värdet precis som det lästes, till exempel If-Match: "3".',
  ],
  IDEMPOTENCY_KEY_MALFORMED: [
    400,
    'Idempotency-Key kan inte tolkas',
    'Ange 1 till 200 skrivbara ASCII-tecken, till exempel ett UUID.',
  ],
  CONSISTENCY_TOKEN_MALFORMED: [
    400,
    'Consistency-Token kan inte tolkas',
    'Ange värdet precis som det stod i svaret på kommandot.',
  ],
  CURSOR_MALFORMED: [
    400,
    'Markören kan inte tolkas',
    'Ange värdet i next precis som det stod i föregående svar, eller börja om utan cursor.',
  ],
  UNAUTHENTICATED: [
    401,
    'Inloggning krävs',
    'Skicka ett giltigt åtkomstintyg i Authorization: Bearer. På webbsidorna: logga in.',
  ],
  LEVEL_TOO_LOW: [
    403,
    'Inloggningen är inte tillräckligt säker',
    'Logga in med en e-legitimation på högre tillitsnivå.',
  ],
  SIGN_IN_FAILED: [
    403,
    'Inloggningen kunde inte slutföras',
    'Den avbröts, tog för lång tid eller påbörjades i ett annat fönster. Logga in på nytt från startsidan.',
  ],
  CROSS_SITE_REQUEST: [
    403,
    'Formuläret kommer inte från registrets sida',
    'Öppna sidan på nytt i registret, fyll i och skicka. Ingenting registrerades.',
  ],
  NOT_FOUND: [404, 'Adressen finns inte', 'Kontrollera sökvägen. Alla anrop beskrivs på /api/docs.'],
  METHOD_NOT_ALLOWED: [405, 'Metoden kan inte användas här', 'Använd någon av metoderna i svarets fält Allow.'],
  NOT_ACCEPTABLE: [
    406,
    'Svaret finns inte i det begärda formatet',
    'Ange ett av de format som beskrivs på /api/docs i Accept.',
  ],
  PRECONDITION_FAILED: [
    412,
    'Uppgifterna har ändrats sedan de lästes',
    'Läs om, se efter vad som har hänt och gör om med den ETag som svaret bär.',
  ],
  BODY_TOO_LARGE: [413, 'Anropets innehåll är för stort', 'Högst 1 MiB tas emot.'],
  URI_TOO_LONG: [414, 'Adressen är för lång', 'Korta av sökvägen.'],
  UNSUPPORTED_MEDIA_TYPE: [
    415,
    'Formatet tas inte emot',
    'Skicka innehållet som application/json i UTF-8, utan Content-Encoding.',
  ],
  EXPECTATION_FAILED: [417, 'Det som Expect begär kan inte uppfyllas', 'Utelämna Expect, eller ange 100-continue.'],
  HOST_NOT_SERVED: [
    421,
    'Anropet är ställt till ett annat namn än registrets',
    'Anropa registret med ett av de namn som det är inställt på. Den som driver det anger dem i HOST_NAMES.',
  ],
  IDEMPOTENCY_KEY_REUSED: [
    422,
    'Nyckeln är redan använd till något annat',
    'Samma Idempotency-Key hör till ett och samma kommando. Ta en ny nyckel till ett nytt kommando.',
  ],
  IF_MATCH_REQUIRED: [
    428,
    'If-Match saknas',
    'Läs det som ska ändras och skicka dess ETag i If-Match, så att ingen annans ändring skrivs över.',
  ],
  RATE_LIMITED: [
    429,
    'För många anrop på kort tid',
    'Försök igen om så många sekunder som Retry-After anger. Ingenting registrerades.',
  ],
  HEADERS_TOO_LARGE: [431, 'Anropets fält är för stora', 'Skicka färre eller kortare fält i anropets huvud.'],
  INTERNAL_ERROR: [500, 'Något gick fel', 'Felet är loggat. Uppge värdet i instance till den som driver registret.'],
  ENTRY_UNREADABLE: [
    500,
    'En händelse kan inte läsas',
    'Den är skadad, eller skriven av ett nyare program, och svaret vilar på den. Den som driver registret ser med verify vilken.',
  ],
  STREAM_TRUNCATED: [
    503,
    'Början av det som registrerats är dold',
    'Någon har klippt av strömmen på databasservern, och svaret vilar på den. Inget svar lämnas på en del av händelserna.',
  ],
  STREAM_DELETED: [
    503,
    'Det som registrerats är dolt',
    'Någon har tagit bort strömmen på databasservern, och svaret vilar på den. Den som driver registret ser med verify vilken.',
  ],
  STREAM_LIMITED: [
    503,
    'En del av det som registrerats är dold',
    'Någon har satt en gräns för strömmen på databasservern, och svaret vilar på den. Inget svar lämnas på en del av händelserna.',
  ],
  CLOCK_OFF: [
    503,
    'Serverns klocka går fel',
    'Ingenting registrerades: klockan skiljer sig mer än 10 sekunder från databasens. Den som sköter driften måste ställa den.',
  ],
  STORE_UNAVAILABLE: [
    503,
    'Registret kan inte nås just nu',
    'Försök igen om en stund. Med samma Idempotency-Key blir det bara en händelse.',
  ],
  IDENTITY_UNAVAILABLE: [
    503,
    'Inloggningstjänsten kan inte nås',
    'Registret kan inte veta vem som anropar. Försök igen om så många sekunder som Retry-After anger.',
  ],
  OVERLOADED: [
    503,
    'Registret har för mycket att göra',
    'Försök igen om så många sekunder som Retry-After anger. Ingenting registrerades.',
  ],
  STOPPING: [
    503,
    'Registret stängs',
    'Försök igen om så många sekunder som Retry-After anger. Ingenting registrerades.',
  ],
  NOT_READY: [
    503,
    'Registret är inte redo att svara',
    'Vad som saknas står i details. Det gäller den som sköter driften.',
  ],
  STALE_READ: [
    503,
    'Vyerna har inte hunnit i kapp',
    'Försök igen, vänta längre med Prefer: wait=N, eller utelämna handling=strict för att få svaret som det är, om registret är inställt på att ge det.',
  ],
});
