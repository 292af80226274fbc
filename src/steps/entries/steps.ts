import { annulEntryStep } from './commands/annul-entry/annul-entry.command.js';
import { correctEntryStep } from './commands/correct-entry/correct-entry.command.js';
import { disputeEntryStep } from './commands/dispute-entry/dispute-entry.command.js';

/** Every step of this feature that can be recorded live. */
export const entrySteps = [correctEntryStep, annulEntryStep, disputeEntryStep];
