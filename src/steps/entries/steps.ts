import { routed } from '../../recording/step.js';
import { correctEntryStep, annulEntryStep, disputeEntryStep } from './entries.js';

/** Where each step of this feature is posted, under /api/v1. */
export const entrySteps = routed({
  'entries/:event/correction': correctEntryStep,
  'entries/:event/annulment': annulEntryStep,
  'entries/:event/dispute': disputeEntryStep,
});
