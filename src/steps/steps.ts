import { accessSteps } from './access/steps.js';
import { careEpisodeSteps } from './care-episodes/steps.js';
import { entrySteps } from './entries/steps.js';
import { policySteps } from './policies/steps.js';
import { recipientSteps } from './recipients/steps.js';
import type { Step } from '../recording/step.js';
import { staffSteps } from './staff/steps.js';
import { unitSteps } from './units/steps.js';

/** Every step that can be recorded live, by feature: one for each event type that people make. */
export const stepsByFeature: Readonly<Record<string, readonly Step[]>> = {
  Unit: unitSteps,
  Policy: policySteps,
  Staff: staffSteps,
  Recipient: recipientSteps,
  CareEpisode: careEpisodeSteps,
  Entry: entrySteps,
  Access: accessSteps,
};

export const allSteps: readonly Step[] = Object.values(stepsByFeature).flat();
