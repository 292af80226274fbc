import { code, id, list, own, part, text } from '../../kernel/event-sourcing/fields.js';
import { CONSENT } from '../categories.js';
import { ATTENDEE_KINDS } from '../codes.js';

const attendee = part('AttendeeDto', {
  kind: code(ATTENDEE_KINDS, 'typ', 'Vem det är.'),
  name: text('namn', 'Namnet.').sealed().optional(),
  consent: own(CONSENT, 'samtycke', 'Samtycket som närvaron vilar på, för en anhörig eller professionen.').optional(),
  representative: id('företrädare', 'Vilken legal företrädare det är.').optional(),
});

/** Those who were there: the kind stays readable for the rules, the name is sealed. */
export const attendees = list(attendee, 'närvarande', 'Vilka som var med.');

/** Those who are asked to come. */
export const invited = list(attendee, 'inbjudna', 'Vilka som är inbjudna.');
