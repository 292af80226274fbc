import { FACTS } from '../../facts/event-catalogue.js';
import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep, routed } from '../../recording/step.js';

const drawLogReview = defineStep({
  name: 'DrawLogReview',
  records: FACTS.LogReviewDrawn,
  summary: 'Lotta vad som ska kontrolleras av en månads läsningar',
  description:
    'Vad lotten faller på följer av registrets första sigill efter månaden. Var och en kan göra om lottningen.',
  example: { unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001', month: '2026-10' },
  stateOf: () => undefined,
  decide: acceptAny,
});

const signLogReview = defineStep({
  name: 'SignLogReview',
  records: FACTS.LogReviewSigned,
  summary: 'Skriv under en loggkontroll',
  description:
    'För de läsningar i urvalet som den som skriver under får kontrollera. Återstår läsningar för någon annan är kontrollen gjord först när också de är genomgångna.',
  example: { outcome: 'NO_REMARK' },
  stateOf: () => undefined,
  decide: acceptAny,
});

/** What is recorded of reviews. Who may record it is decided by what the access log says, before. */
export const [drawStep, signStep] = routed({
  'log-reviews': drawLogReview,
  'log-reviews/:id/signing': signLogReview,
}) as [ReturnType<typeof routed>[number], ReturnType<typeof routed>[number]];
