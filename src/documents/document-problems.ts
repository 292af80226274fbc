import { problemTypes } from '../kernel/http/problem.js';

/** Why a document was not made. The same answer can always be had as JSON. */
export const documentProblems = problemTypes({
  DOCUMENT_TOO_LARGE: [
    413,
    'Dokumentet blir för stort',
    'Begränsa urvalet, eller hämta svaret som JSON och gör dokument av delarna.',
  ],
  DOCUMENTS_BUSY: [
    503,
    'För många dokument skapas just nu',
    'Försök igen om så många sekunder som Retry-After anger. Svaret kan också hämtas som JSON.',
  ],
  DOCUMENT_NOT_MADE: [
    500,
    'Dokumentet kunde inte skapas',
    'Felet är loggat. Hämta svaret som JSON, och uppge värdet i instance till den som driver registret.',
  ],
});
