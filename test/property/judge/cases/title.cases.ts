import { contact, policy, started, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const appointed = [...started('2023-05-01'), contact('2023-06-01')];
const transition: HandMade = ['staff-s', 'TransitionStatusDocumented', '2024-01-01', {}];
const certificate: HandMade = ['staff-s', 'TitleVerified', '2024-05-01', { certificateDate: '2023-09-01' }];
const education: HandMade = ['staff-s', 'ApprovedEducationRecorded', '2024-03-01', {}];
const strict = policy({ allowTransition: false });
const support = [
  ...started('2023-05-01', { careForm: 'HOUSING_SUPPORT' }),
  contact('2023-06-01'),
  policy({ localRulesFor: ['HOUSING_SUPPORT'], allowTransition: false }),
];
const deputy = [...started('2023-05-01'), contact('2023-06-01', 'a1', 'DEPUTY')];

export const titleCases: readonly ContractCase[] = casesOf(
  'TITLE',
  {
    says: 'where only the policy forbids what the law allows, the breach is local and its basis the transition',
    facts: [...appointed, transition, policy({ allowTransition: false }, '2025-01-01'), policy({}, '2025-02-01')],
    on: {
      '2023-06-30': '-',
      '2023-07-01': 'MET TRANSITION STATUTORY',
      '2024-12-31': 'MET TRANSITION STATUTORY',
      '2025-01-01': 'BREACH TRANSITION LOCAL',
      '2025-02-01': 'MET TRANSITION STATUTORY',
    },
  },
  {
    says: 'after the transition period it is the law again',
    facts: [...appointed, transition, strict],
    on: { '2033-06-30': 'BREACH TRANSITION LOCAL', '2033-07-01': 'BREACH NONE STATUTORY' },
  },
  {
    says: 'nothing documented is the law',
    facts: [...appointed, strict],
    on: { '2023-07-01': 'BREACH NONE STATUTORY' },
  },
  {
    says: 'what was withdrawn was never documented',
    facts: [
      ...appointed,
      transition,
      ['staff-s', 'TitleVerificationWithdrawn', '2026-01-01', { of: { ref: '3' }, cause: 'FORGED' }],
      strict,
    ],
    on: { '2024-06-01': 'BREACH NONE STATUTORY' },
  },
  {
    says: 'a certificate is enough for every policy',
    facts: [...appointed, transition, certificate, strict],
    on: { '2023-08-31': 'BREACH TRANSITION LOCAL', '2023-09-01': 'MET CERTIFICATE STATUTORY' },
  },
  {
    says: 'elsewhere education is enough where the transition is not allowed',
    facts: [...support, transition, education],
    on: { '2024-02-29': 'BREACH TRANSITION LOCAL', '2024-03-01': 'MET EMPLOYER_APPROVED LOCAL' },
  },
  { says: 'elsewhere every breach is local', facts: support, on: { '2024-03-01': 'BREACH NONE LOCAL' } },
  {
    says: 'of a deputy it is never the law',
    facts: [...deputy, certificate],
    on: { '2023-08-31': 'BREACH NONE LOCAL', '2023-09-01': 'MET CERTIFICATE LOCAL' },
  },
  {
    says: 'of a deputy nothing, while the policy of the day asks for no title',
    facts: [...deputy, policy({ titleForDeputy: false }, '2024-01-01'), policy({}, '2024-02-01')],
    on: { '2023-12-31': 'BREACH NONE LOCAL', '2024-01-01': '-', '2024-02-01': 'BREACH NONE LOCAL' },
  },
  {
    says: 'titleForDeputy is about deputies alone',
    facts: [...appointed, policy({ titleForDeputy: false })],
    on: { '2024-01-01': 'BREACH NONE STATUTORY' },
  },
  {
    says: 'home care outside SoL is judged as home care, and locally',
    needs: ['LEGAL_GROUNDS'],
    facts: [
      ...started('2023-05-01', { legalGround: 'LSS' }),
      contact('2023-06-01'),
      education,
      policy({ localRulesFor: ['HOME_CARE'] }),
    ],
    on: { '2024-06-01': 'BREACH NONE LOCAL' },
  },
  {
    says: 'its kind turns when the duty begins',
    facts: [
      ...started('2023-05-01', { careForm: 'RESIDENTIAL_CARE' }),
      contact('2023-06-01'),
      certificate,
      policy({ localRulesFor: ['RESIDENTIAL_CARE'], residentialCareDuty: true }),
    ],
    on: { '2026-06-30': 'MET CERTIFICATE LOCAL', '2026-07-01': 'MET CERTIFICATE STATUTORY' },
  },
);
