import { problemTypes } from '../../kernel/http/problem.js';

export const accessLogProblems = problemTypes({
  ACCESS_LOG_OFF: [
    409,
    'Ingen åtkomstlogg förs',
    'Det antecknas inte vem som läser om vem i detta register. Den som driver det börjar med ACCESS_LOG=on.',
  ],
  LOG_REVIEWS_OFF: [
    409,
    'Ingen loggkontroll görs',
    'Åtkomstloggen kontrolleras bara där de som läser loggar in, och där en åtkomstlogg förs.',
  ],
  MONTH_NOT_REVIEWED: [
    409,
    'Månaden ska inte kontrolleras',
    'En månad kontrolleras när den är slut, från den första hela månaden som åtkomstloggen har förts och medan enheten var öppen.',
  ],
  MONTH_NOT_SEALED: [
    409,
    'Månaden kan inte lottas ännu',
    'Lottningen följer av registrets första sigill efter månaden, och där vittnen är utsedda av det första som de har intygat. Försök igen när det finns.',
  ],
  ALREADY_DRAWN: [
    409,
    'Urvalet är redan lottat',
    'Lottningen ger samma urval hur många gånger den än görs. Gå igenom det.',
  ],
  REVIEW_NOT_YOURS: [
    403,
    'Läsningarna ska kontrolleras av någon annan',
    'Ingen kontrollerar sina egna läsningar. Enhetschefers läsningar kontrolleras av den socialt ansvariga samordnaren, och hennes av en annan samordnare.',
  ],
  REVIEW_SIGNED: [
    409,
    'Kontrollen är redan gjord',
    'Alla läsningar i urvalet är genomgångna. Rätta det som skrevs om det var fel.',
  ],
  ACCESS_LOG_UNAVAILABLE: [
    503,
    'Åtkomstloggen kan inte skrivas',
    'Inga uppgifter om enskilda lämnas ut utan att det antecknas vem som tog del av dem. Försök igen om en stund. Ett kommando kan redan vara registrerat: skicka det igen med samma Idempotency-Key.',
  ],
});
