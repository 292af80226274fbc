import { routed } from '../../recording/step.js';
import { registerControllerStep, openUnitStep, appointManagerStep, closeUnitStep } from './units.js';

/** Where each step of this feature is posted, under /api/v1. */
export const unitSteps = routed({
  controllers: registerControllerStep,
  units: openUnitStep,
  'units/:id/managers': appointManagerStep,
  'units/:id/closure': closeUnitStep,
});
