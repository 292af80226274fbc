import { z } from 'zod';
import { id, text } from '../kernel/event-sourcing/field-schemas.js';

export const ATTENDEE_KINDS = [
  'RECIPIENT',
  'RELATIVE',
  'REPRESENTATIVE',
  'CONTACT',
  'MANAGER',
  'CASE_OFFICER',
  'HEALTH_PROFESSIONAL',
  'INTERPRETER',
  'OTHER',
] as const;

/** Those who were there: the kind stays readable for the rules, the name is sealed. */
export const attendees = z.array(
  z.strictObject({ kind: z.enum(ATTENDEE_KINDS), name: text.optional(), consent: id.optional() }),
);
