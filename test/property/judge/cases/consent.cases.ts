import { annul, fact, offer, policy, started, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const DAY = '2024-01-10';
const base = [...started('2024-01-01')];
const consent = (scope: readonly string[], on = '2024-01-05', id = 'c1'): HandMade =>
  fact('ConsentGiven', on, { consent: id, person: 'x', relation: 'dotter', scope });
const relative = { kind: 'RELATIVE', consent: 'c1' };
const recipient = { kind: 'RECIPIENT' };
const informed = (...attendees: readonly object[]): HandMade =>
  fact('InformationGiven', DAY, { form: 'PHONE', items: [], attendees });
const meeting = (...attendees: readonly object[]): HandMade =>
  fact('PlanMeetingHeld', DAY, { form: 'PHYSICAL_MEETING', items: [], attendees });
const followUp = (...attendees: readonly object[]): HandMade =>
  fact('FollowUpHeld', DAY, { plan: 'p', outcome: 'UNCHANGED', attendees });
const planned = (...participants: readonly object[]): HandMade =>
  fact('PlanRevised', DAY, { plan: 'p', version: 2, sections: {}, contacts: [], participants });
const registered = (id: string, on: string, over: object = {}, stream = 'recipient-r'): HandMade => [
  stream,
  'RepresentativeRegistered',
  on,
  { representative: id, kind: 'GOD_MAN', name: 'x', scope: ['x'], ...over },
];
const representative = (id?: string): object => ({
  kind: 'REPRESENTATIVE',
  ...(id === undefined ? {} : { representative: id }),
});
const professionals = policy({ consentForProfessionals: true });

const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];
const told = (on: string, items: readonly string[], ...attendees: readonly object[]): HandMade =>
  fact('InformationGiven', on, { form: 'PHYSICAL_MEETING', items, attendees });
const offered = [...base, offer('2024-01-20')];

export const consentCases: readonly ContractCase[] = [
  ...casesOf(
    'CONSENT',
    {
      says: 'a relative informed apart from the recipient needs INFORM',
      facts: [...base, consent(['INFORM']), informed(relative)],
      on: { '2024-01-09': '-', [DAY]: 'MET', '2024-01-11': '-' },
    },
    {
      says: 'ATTEND_MEETINGS is enough there too',
      facts: [...base, consent(['ATTEND_MEETINGS']), informed(relative)],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'beside the recipient INFORM is too little',
      facts: [...base, consent(['INFORM']), informed(recipient, relative)],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'at anything but information INFORM is too little, recipient or not',
      facts: [...base, consent(['INFORM']), followUp(relative)],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'a relative at a plan meeting needs ATTEND_MEETINGS',
      facts: [...base, consent(['ATTEND_MEETINGS']), meeting(recipient, relative)],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'INFORM at a plan meeting is too little',
      facts: [...base, consent(['INFORM']), meeting(relative)],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'CONTACT_DETAILS is no consent to be there',
      facts: [...base, consent(['CONTACT_DETAILS']), informed(relative)],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'a consent given after the day is none',
      facts: [...base, consent(['INFORM'], '2024-01-11'), informed(relative)],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'one withdrawn on the day is none',
      facts: [...base, consent(['INFORM']), informed(relative), fact('ConsentWithdrawn', DAY, { consent: 'c1' })],
      on: { [DAY]: 'WARNING' },
    },
    { says: 'a relative without consent', facts: [...base, informed({ kind: 'RELATIVE' })], on: { [DAY]: 'WARNING' } },
    {
      says: 'on a day with two meetings each is judged as its own',
      facts: [...base, consent(['INFORM']), informed(relative), followUp(recipient, relative)],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'a representative who is registered by the day',
      facts: [...base, registered('g', DAY), followUp(representative())],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'one registered later was not',
      facts: [...base, registered('g', '2024-01-11'), followUp(representative())],
      on: { [DAY]: 'WARNING' },
    },
    { says: 'nobody registered', facts: [...base, followUp(representative())], on: { [DAY]: 'WARNING' } },
    {
      says: 'valid through validTo',
      facts: [...base, registered('g', '2024-01-01', { validTo: DAY }), planned(representative())],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'not valid the day after',
      facts: [...base, registered('g', '2024-01-01', { validTo: '2024-01-09' }), planned(representative())],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'who is named must be the one',
      facts: [...base, registered('g', '2024-01-01'), followUp(representative('h'))],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'one named of several, some of them expired',
      facts: [
        ...base,
        registered('h', '2023-01-01', { validTo: '2023-12-31' }),
        registered('g', '2024-01-01'),
        followUp(representative('g')),
      ],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'registered for one who is the same person',
      facts: [
        ...base,
        registered('g', '2024-01-01', {}, 'recipient-q'),
        ['recipient-q', 'RecipientMerged', '2025-01-01', { into: 'r' }],
        followUp(representative('g')),
      ],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'a registration that was annulled never was',
      facts: [...base, registered('g', '2024-01-01'), annul(2, 'recipient-r'), followUp(representative())],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'a representative needs no consent, and no consent makes one',
      facts: [...base, consent(['ATTEND_MEETINGS']), followUp({ kind: 'REPRESENTATIVE', consent: 'c1' })],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'of professionals nothing is asked by default',
      facts: [...base, followUp(recipient, { kind: 'CASE_OFFICER' }, { kind: 'HEALTH_PROFESSIONAL' })],
      on: { [DAY]: '-' },
    },
    {
      says: 'where the policy of the day says so, a professional needs SHARE_WITH_PROFESSIONALS',
      facts: [
        ...base,
        professionals,
        consent(['SHARE_WITH_PROFESSIONALS']),
        followUp(recipient, { kind: 'CASE_OFFICER', consent: 'c1' }),
      ],
      on: { [DAY]: 'MET' },
    },
    {
      says: 'to be there is another thing',
      facts: [
        ...base,
        professionals,
        consent(['ATTEND_MEETINGS', 'INFORM']),
        followUp({ kind: 'HEALTH_PROFESSIONAL', consent: 'c1' }),
      ],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'the recipient does not speak for a professional',
      facts: [...base, professionals, informed(recipient, { kind: 'HEALTH_PROFESSIONAL' })],
      on: { [DAY]: 'WARNING' },
    },
    {
      says: 'a policy from the day after asks nothing',
      facts: [...base, policy({ consentForProfessionals: true }, '2024-01-11'), followUp({ kind: 'CASE_OFFICER' })],
      on: { [DAY]: '-' },
    },
    {
      says: 'contacts, managers and interpreters need none',
      facts: [...base, professionals, followUp({ kind: 'CONTACT' }, { kind: 'MANAGER' }, { kind: 'INTERPRETER' })],
      on: { [DAY]: '-' },
    },
  ),
  ...casesOf(
    'INFORMED',
    {
      says: 'an empty room is not informed',
      facts: [...offered, told('2024-01-20', ITEMS)],
      on: { '2024-01-19': '-', '2024-01-20': 'WARNING' },
    },
    {
      says: 'nor the contact alone',
      facts: [...offered, told('2024-01-20', ITEMS, { kind: 'CONTACT' })],
      on: { '2024-01-20': 'WARNING' },
    },
    {
      says: 'the recipient is',
      facts: [...offered, told('2024-01-18', ITEMS, recipient)],
      on: { '2024-01-20': 'MET' },
    },
    {
      says: 'only of what was said where she was',
      facts: [...offered, told('2024-01-18', ITEMS.slice(0, 5), recipient), told('2024-01-18', ITEMS.slice(5))],
      on: { '2024-01-20': 'WARNING' },
    },
    {
      says: 'a representative present speaks for her',
      facts: [...offered, registered('g', '2024-01-18'), told('2024-01-18', ITEMS, representative('g'))],
      on: { '2024-01-20': 'MET' },
    },
    {
      says: 'present on the day of the meeting, not only later',
      facts: [...offered, registered('g', '2024-01-19'), told('2024-01-18', ITEMS, representative('g'))],
      on: { '2024-01-20': 'WARNING' },
    },
    {
      says: 'the further items do not stand for any of the six',
      facts: [
        ...offered,
        told(
          '2024-01-18',
          [...ITEMS.slice(0, 5), 'DETAILS_WILL_BE_AGREED', 'CONTACT_NAMED', 'INFORMATION_SHEET'],
          recipient,
        ),
      ],
      on: { '2024-01-20': 'WARNING' },
    },
  ),
];
