import { appointManagerStep } from './commands/appoint-manager/appoint-manager.command.js';
import { closeUnitStep } from './commands/close-unit/close-unit.command.js';
import { openUnitStep } from './commands/open-unit/open-unit.command.js';
import { registerControllerStep } from './commands/register-controller/register-controller.command.js';

/** Every step of this feature that can be recorded live. */
export const unitSteps = [registerControllerStep, openUnitStep, appointManagerStep, closeUnitStep];
