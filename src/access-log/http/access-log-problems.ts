import { problemTypes } from '../../kernel/http/problem.js';

export const accessLogProblems = problemTypes({
  ACCESS_LOG_OFF: [
    409,
    'Ingen åtkomstlogg förs',
    'Det antecknas inte vem som läser om vem i detta register. Den som driver det börjar med ACCESS_LOG=on.',
  ],
  ACCESS_LOG_UNAVAILABLE: [
    503,
    'Åtkomstloggen kan inte skrivas',
    'Inga uppgifter om enskilda lämnas ut utan att det antecknas vem som tog del av dem. Försök igen om en stund. Ett kommando kan redan vara registrerat: skicka det igen med samma Idempotency-Key.',
  ],
});
