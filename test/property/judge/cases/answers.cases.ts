import { contact, fact, no, offer, policy, started, yes, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const offered = [...started('2024-01-01'), offer('2024-01-02')];
const local = policy({ localRulesFor: ['HOME_CARE', 'HOUSING_SUPPORT', 'SHORT_TERM', 'DAY_CARE'] });
const kontaktman = [...started('2021-01-01'), contact('2021-02-01')];
const asked = [...kontaktman, offer('2022-09-01'), yes('2022-09-10')];

export const answerCases: readonly ContractCase[] = [
  ...casesOf(
    'DECLINE_REASON',
    {
      says: 'a code other than OTHER is a reason',
      facts: [...offered, no('2024-01-03', 'o1', { reasonCode: 'HAS_RELATIVE' })],
      on: { '2024-01-02': '-', '2024-01-03': 'MET' },
    },
    {
      says: 'not to wish to state a reason is one',
      facts: [...offered, no('2024-01-03', 'o1', { reasonCode: 'DID_NOT_WISH_TO_STATE' })],
      on: { '2024-01-03': 'MET' },
    },
    {
      says: "a reason in the recipient's own words is enough",
      facts: [...offered, no('2024-01-03', 'o1', { reasonText: 'Har sin dotter nära' })],
      on: { '2024-01-03': 'MET' },
    },
    {
      says: 'OTHER alone says too little',
      facts: [...offered, no('2024-01-03', 'o1', { reasonCode: 'OTHER' })],
      on: { '2024-01-03': 'WARNING' },
    },
    {
      says: 'OTHER in words is a reason',
      facts: [...offered, no('2024-01-03', 'o1', { reasonCode: 'OTHER', reasonText: 'x' })],
      on: { '2024-01-03': 'MET' },
    },
    {
      says: 'neither is a breach, until there is another answer',
      facts: [...offered, no('2024-01-03'), yes('2024-01-05')],
      on: { '2024-01-04': 'BREACH', '2024-01-05': '-' },
    },
  ),
  ...casesOf(
    'JUDGED',
    {
      says: 'home care outside SoL is no duty',
      needs: ['LEGAL_GROUNDS'],
      facts: started('2024-01-01', { legalGround: 'LSS' }),
      on: { '2024-01-01': '-' },
    },
    {
      says: 'home care outside SoL may be followed locally',
      needs: ['LEGAL_GROUNDS'],
      facts: [...started('2024-01-01', { legalGround: 'OTHER' }), local],
      on: { '2024-01-01': 'local' },
    },
    {
      says: 'home care by SoL without assessment is a duty',
      facts: started('2024-01-01', { legalGround: 'SOL_WITHOUT_ASSESSMENT' }),
      on: { '2024-01-01': 'duty' },
    },
    {
      says: 'residential care is a duty only by SoL',
      needs: ['LEGAL_GROUNDS'],
      facts: [
        ...started('2026-01-01', { careForm: 'RESIDENTIAL_CARE', legalGround: 'LSS' }),
        policy({ residentialCareDuty: true }),
      ],
      on: { '2026-07-01': '-' },
    },
    {
      says: 'short-term care has no duty',
      needs: ['LEGAL_GROUNDS'],
      facts: started('2024-01-01', { careForm: 'SHORT_TERM' }),
      on: { '2024-01-01': '-' },
    },
    {
      says: 'day care may be followed locally',
      needs: ['LEGAL_GROUNDS'],
      facts: [...started('2024-01-01', { careForm: 'DAY_CARE' }), local],
      on: { '2024-01-01': 'local' },
    },
  ),
  ...casesOf(
    'SIGNED',
    {
      says: 'a kontaktman signs nothing before the yes, and is counted from it',
      needs: ['CONTACT_PERSON'],
      facts: asked,
      on: { '2022-07-01': '-', '2022-09-09': '-', '2022-09-10': 'DUE 2022-09-23', '2022-09-24': 'BREACH' },
    },
    {
      says: 'who starts before the duty but after the yes is counted from the start',
      needs: ['CONTACT_PERSON'],
      facts: [...started('2021-01-01'), offer('2022-06-01'), yes('2022-06-20'), contact('2022-06-25')],
      on: { '2022-07-01': 'DUE 2022-07-08' },
    },
    {
      says: 'who starts on the first day of the duty is a contact, yes or not',
      facts: [...started('2021-01-01'), contact('2022-07-01')],
      on: { '2022-07-01': 'DUE 2022-07-14' },
    },
  ),
  ...casesOf('YEARLY', {
    says: 'a year from the yes',
    needs: ['CONTACT_PERSON'],
    facts: asked,
    on: { '2022-09-09': '-', '2022-09-10': 'MET 2023-09-09', '2023-09-10': 'BREACH' },
  }),
  ...casesOf('NAMED', {
    says: 'days to record from the yes',
    needs: ['CONTACT_PERSON'],
    facts: asked,
    on: { '2022-09-09': '-', '2022-09-10': 'DUE 2022-09-23' },
  }),
  ...casesOf(
    'TRAINING',
    {
      says: 'a kontaktman needs no training',
      needs: ['CONTACT_PERSON'],
      facts: asked,
      on: { '2022-09-09': '-', '2022-09-10': 'BREACH' },
    },
    {
      says: 'a yes by nobody entitled makes no contact',
      needs: ['CONTACT_PERSON'],
      facts: [
        ...kontaktman,
        offer('2022-09-01'),
        yes('2022-09-10', 'o1', { answeredBy: 'REPRESENTATIVE', representative: 'g' }),
      ],
      on: { '2022-09-10': '-' },
    },
    {
      says: 'in any form of care',
      needs: ['CONTACT_PERSON'],
      facts: [
        ...started('2021-01-01', { careForm: 'HOUSING_SUPPORT' }),
        contact('2021-02-01'),
        policy({ localRulesFor: ['HOUSING_SUPPORT'] }),
      ],
      on: { '2021-02-01': '-', '2022-07-01': '-' },
    },
  ),
  ...casesOf('TITLE', { says: 'nor a title', needs: ['CONTACT_PERSON'], facts: kontaktman, on: { '2023-07-01': '-' } }),
  ...casesOf(
    'ASSIGNED',
    {
      says: 'a kontaktman is no contact that a no would contradict',
      needs: ['CONTACT_PERSON'],
      facts: [...kontaktman, offer('2022-09-01'), no('2022-09-10')],
      on: { '2022-09-10': '-' },
    },
    {
      says: 'once a contact, always one, also when the answer becomes no',
      needs: ['CONTACT_PERSON'],
      facts: [...asked, no('2022-10-01')],
      on: { '2022-09-10': 'MET', '2022-10-01': 'WARNING' },
    },
  ),
  ...casesOf('STATE', {
    says: 'is active for no state',
    needs: ['CONTACT_PERSON'],
    facts: asked,
    on: { '2022-08-01': 'NOT_OFFERED', '2022-09-01': 'OFFER_PENDING', '2022-09-10': 'ACTIVE' },
  }),
  ...casesOf('CONTACTS', {
    says: 'is no contact of the unit’s list',
    needs: ['CONTACT_PERSON'],
    facts: asked,
    on: { '2022-08-01': '', '2022-09-10': 'a1' },
  }),
  ...casesOf('DEPUTY', {
    says: 'does not stand in',
    needs: ['CONTACT_PERSON'],
    facts: [
      ...started('2021-01-01'),
      contact('2021-02-01', 'a1', 'SECOND'),
      contact('2022-08-01', 'a2', 'PRIMARY', 't'),
      fact('ContactAbsenceStarted', '2022-08-05', { assignment: 'a2' }),
    ],
    on: { '2022-08-05': 'WARNING' },
  }),
  ...casesOf('FIGURES', {
    says: 'is a figure of its own, and none of titles or contacts',
    needs: ['CONTACT_PERSON'],
    among: ['population', 'contactPerson', 'titleBreach', 'assignedWarning', 'trainingBreach'],
    facts: asked.slice(0, -1) as HandMade[],
    on: { '2022-08-01': 'population contactPerson', '2023-07-01': 'population contactPerson' },
  }),
];
