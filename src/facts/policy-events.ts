import { z } from 'zod';
import { eventType, toStream } from '../kernel/event-sourcing/event-type.js';
import { id, versionLabel } from '../kernel/event-sourcing/field-schemas.js';
import { CARE_FORMS, CONTROLLER } from './unit-events.js';

export const POLICY = 'policy';

const days = z.int().min(0).max(366);
const months = z.int().min(1).max(36);

/** The local values of a controller; a key that is left out has the default, not an earlier policy's value. */
export const policyValues = z.strictObject({
  offerTargetDays: days.optional(),
  answerTargetDays: days.optional(),
  assignTargetDays: days.optional(),
  planTargetDays: days.optional(),
  signTargetDays: days.optional(),
  recordTargetDays: days.optional(),
  planFollowUpMaxMonths: months.optional(),
  yearlyMonths: months.optional(),
  allowTransition: z.boolean().optional(),
  residentialCareDuty: z.boolean().optional(),
  localRulesFor: z.array(z.enum(CARE_FORMS)).optional(),
  lateRegistrationDays: days.optional(),
  publicSmallCell: z.int().min(0).max(1000).optional(),
});

export const PolicyAdopted = eventType(
  'PolicyAdopted',
  POLICY,
  z.strictObject({ controller: id, version: versionLabel, values: policyValues }),
  {
    ahead: true,
    references: [toStream('controller', CONTROLLER)],
  },
);

export const policyEvents = [PolicyAdopted];
