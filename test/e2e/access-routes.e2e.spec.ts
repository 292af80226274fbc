import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../src/kernel/http/caller.js';
import { AccessServer, caller, EPISODE, grantOf, INSPECTION, NORTH, STAFF, TOLVAN, TOWN } from './access.harness.js';

/**
 * Who may what, written from what each role is for and not from the table: by role the operations that she may, of
 * what is hers. What stands nowhere is refused.
 */
const READ_PERSON = [
  'get recipients/:id, get recipients/:id/timeline, get recipients/:id/replay, get care-episodes/:id',
  'get recipients/:id/compliance, get recipients/:id/compliance/segments, get recipients/:id/file',
].join(', ');
const LISTS = 'get units/:id/current, get units/:id/due, get units/:id/contacts, get units/:id/recipients';
const SETTINGS = 'get controllers, get controllers/:id, get controllers/:id/policies, get units, get units/:id';
const FIGURES = 'get reports/supervision, get reports/supervision/series, post reports/reproductions';
const ANSWERS = ['information', 'offers', 'offers/:id/accept', 'offers/:id/decline', 'records'];
const PLANS = [
  'consents',
  'consents/:id/withdrawal',
  'plan-meetings',
  'held-plan-meetings',
  'plan-refusals',
  'plans',
  'plans/:id/revisions',
  'plans/:id/follow-up-dates',
  'plans/:id/follow-ups',
  'plans/:id/missed-follow-ups',
  'assignments/:id/change-requests',
  'private-funds-agreements',
  'private-funds-agreements/:id/end',
  'home-risk-assessments',
];
const CARE = ['unit-moves', 'services', 'pauses', 'resumptions', 'end'];
const steps = (names: readonly string[]) => names.map((name) => `post care-episodes/:id/${name}`).join(', ');
const ofRecipient = (...names: string[]) => names.map((name) => `post recipients/:id/${name}`).join(', ');
const ALL_STEPS = 'post care-episodes, post care-episodes/:id/*';
const STAFF_STEPS =
  'post staff, post staff/:id/employments, post staff/:id/employment-ends, post staff/:id/unit-moves, post staff/:id/protection';
const COMPETENCE = [
  'title-verifications',
  'transition-statuses',
  'approved-educations',
  'title-withdrawals',
  'trainings',
  'assignment-descriptions',
  'yearly-follow-ups',
  'leaves',
  'leave-ends',
]
  .map((name) => `post staff/:id/${name}`)
  .join(', ');
const SEARCH = 'post recipients/search';
const GLASS = 'post recipients/break-glass';
const WHO = 'get access/who-could-read';
const MANAGER = [
  READ_PERSON,
  LISTS,
  SETTINGS,
  FIGURES,
  SEARCH,
  GLASS,
  WHO,
  'get units/:id/staff, get staff/:id, get reports/supervision/episodes, get entries/:id, post recipients',
  ALL_STEPS,
  STAFF_STEPS,
  COMPETENCE,
  ofRecipient('identity-changes', 'protection', 'representatives', 'access-narrowing', 'access-widening'),
  'post entries/:id/correction, post entries/:id/annulment, post entries/:id/dispute',
].join(', ');

const REVIEWS = 'get log-reviews, post log-reviews, post log-reviews/:id/signing';

const EVERYBODY = 'get problems, get problems/:id, get codes, get rules';
const SIGNED_IN = 'get me, get access/policy';
const ENTRY = 'get entries/:id';
const VERIFICATION = 'get verifications/last';
const AMEND = 'post entries/:id/correction, post entries/:id/annulment, post entries/:id/dispute';

/** By role; the entry that is tried is the start of an episode. */
const MAY: Readonly<Record<string, string>> = {
  UNIT_MANAGER: [MANAGER, 'get access-log', REVIEWS].join(', '),
  UNIT_DEPUTY: MANAGER,
  CARE_STAFF: [READ_PERSON, ENTRY, LISTS, SETTINGS, SEARCH, GLASS, steps(ANSWERS)].join(', '),
  CONTACT: [READ_PERSON, ENTRY, SETTINGS, SEARCH, GLASS, steps(ANSWERS), steps(PLANS)].join(', '),
  SAS: [
    READ_PERSON,
    ENTRY,
    VERIFICATION,
    LISTS,
    SETTINGS,
    FIGURES,
    SEARCH,
    WHO,
    REVIEWS,
    'get units/:id/staff, get staff/:id, get reports/supervision/episodes, get inspections, get access-log',
    'get inspections/:id/sample',
    'get recipients/:id/access-log',
    'post controllers/:id/policies, post controllers/:id/access-policies, post units/:id/managers',
    STAFF_STEPS,
    ofRecipient('merges', 'access-narrowing', 'access-widening', 'break-glass/:id/review', 'notes', 'note-lifting'),
    'post inspections, post inspections/:id/closing, post entries/:id/dispute',
  ].join(', '),
  CASE_OFFICER: [
    'get recipients/:id, get care-episodes/:id',
    SETTINGS,
    SEARCH,
    'post care-episodes',
    steps(CARE),
    'post recipients',
    ofRecipient('identity-changes', 'protection', 'representatives'),
    AMEND,
  ].join(', '),
  AUDITOR: [
    READ_PERSON,
    ENTRY,
    VERIFICATION,
    LISTS,
    SETTINGS,
    FIGURES,
    SEARCH,
    'get inspections/:id/sample, get units/:id/staff, get staff/:id, get reports/supervision/episodes',
  ].join(', '),
  ADMIN: [
    SETTINGS,
    VERIFICATION,
    'get projections, post projections/:id/rebuild, post controllers, post units, post units/:id/closure',
    'post grants, post grants/:id/revocation, get grants, post staff/:id/identity-link, post staff/:id/identity-unlink',
    // Entries of units and grants are hers; those of persons are answered as if they were not there.
    ENTRY,
    AMEND,
  ].join(', '),
  INTEGRATION: [
    SETTINGS,
    FIGURES,
    // All but who is contact: only who manages the unit says that.
    'post care-episodes',
    steps(CARE),
    steps(ANSWERS),
    steps(PLANS),
    steps(['unnecessity-assessments', 'assignments/:id/end', 'assignments/:id/absences']),
    steps(['assignments/:id/absence-ends', 'change-requests/:id/closure']),
    'post staff, post staff/:id/employments, post staff/:id/employment-ends, post staff/:id/unit-moves',
    COMPETENCE,
    'post recipients',
    ofRecipient('identity-changes', 'protection', 'representatives'),
    AMEND,
  ].join(', '),
  RECIPIENT_DESK: [
    'get recipients/:id, get recipients/:id/timeline, get recipients/:id/access-log',
    SETTINGS,
    SEARCH,
    'post entries/:id/dispute',
  ].join(', '),
};

const WHO_HOLDS: Readonly<Record<string, Caller>> = {
  UNIT_MANAGER: caller('mia'),
  UNIT_DEPUTY: caller('deputy'),
  CARE_STAFF: caller('eva'),
  CONTACT: caller('kim'),
  SAS: caller('sas'),
  CASE_OFFICER: caller('officer'),
  AUDITOR: caller('ivo'),
  ADMIN: caller('admin'),
  INTEGRATION: caller('system'),
  RECIPIENT_DESK: caller('desk', { purpose: 'RECIPIENT_REQUEST' }),
};

interface Operation {
  readonly method: string;
  readonly path: string;
}

const file = JSON.parse(readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};
const OPERATIONS: readonly Operation[] = Object.entries(file.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method, path: path.replace('/api/v1/', '') })),
);

const NAMES: Readonly<Record<string, string>> = {
  controllers: TOWN,
  units: NORTH,
  staff: STAFF.eva,
  recipients: TOLVAN,
  'care-episodes': EPISODE,
  grants: grantOf('SAS sas'),
  inspections: INSPECTION,
};
const ANY_ID = '00000009-0000-4000-8000-000000000009';

/** What is asked for: a wrong body where one is needed, since what is decided must not depend on it. */
function called({ method, path }: Operation, entry: string): { readonly path: string; readonly body?: unknown } {
  const [first = ''] = path.split('/');
  const address = path
    .replace('{id}', NAMES[first] ?? ANY_ID)
    .replace('{event}', first === 'entries' ? entry : ANY_ID)
    .replace('{name}', 'nothing')
    .replace('{code}', 'NOT_FOUND')
    .replace(/\{\w+\}/g, ANY_ID);
  const query =
    method === 'post'
      ? ''
      : `?${new URLSearchParams({
          ...(/^(units|grants|inspections|reports.*)$/.test(path) ? { controller: TOWN } : {}),
          ...(path.includes('who-could-read') ? { recipient: TOLVAN } : {}),
        }).toString()}`;
  const body = { controller: TOWN, unit: NORTH, recipient: TOLVAN, unheardOf: true };
  return { path: `/${address}${query === '?' ? '' : query}`, ...(method === 'post' ? { body } : {}) };
}

function mayBe(role: string, { method, path }: Operation): boolean {
  const asked = `${method} ${path.replace(/\{\w+\}/g, ':id')}`;
  return [EVERYBODY, SIGNED_IN, MAY[role] ?? '']
    .join(', ')
    .split(', ')
    .some((one) => one === asked || (one.endsWith('/*') && asked.startsWith(one.slice(0, -1))));
}

describe('every route of the API', () => {
  let server: AccessServer;
  let entry: string;
  beforeAll(async () => {
    server = await AccessServer.startWithEachRoleAlone();
    [{ id: entry = '' } = {}] = await server.register.log.readStream(`careEpisode-${EPISODE}`);
  });
  afterAll(() => server.close());

  it('is tried by somebody who has not signed in', async () => {
    const letIn: string[] = [];
    for (const operation of OPERATIONS) {
      const { path, body } = called(operation, entry);
      const { status } = await server.call(undefined, operation.method.toUpperCase(), path, { body });
      if (status !== 401) letIn.push(`${operation.method} ${operation.path.replace(/\{\w+\}/g, ':id')}`);
    }
    expect(letIn.sort()).toEqual(EVERYBODY.split(', ').sort());
  });

  it.each(Object.keys(MAY))('is tried by %s, and lets her do what is hers', async (role) => {
    const wrong: string[] = [];
    for (const operation of OPERATIONS) {
      const { path, body } = called(operation, entry);
      const told = await server.call(WHO_HOLDS[role], operation.method.toUpperCase(), path, { body });
      const refused = told.status === 403 && told.body['code'] === 'NOT_ALLOWED';
      if (refused === mayBe(role, operation))
        wrong.push(`${operation.method} ${operation.path}: ${told.status} ${String(told.body['code'])}`);
      if (told.status >= 500) wrong.push(`${operation.method} ${operation.path}: ${told.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('shows who runs the system no name and no number of anybody', async () => {
    for (const operation of OPERATIONS) {
      const { path, body } = called(operation, entry);
      const { text } = await server.call(caller('admin'), operation.method.toUpperCase(), path, { body });
      expect(text).not.toMatch(/Person 00|Namn |R-00\d/);
    }
  });
});
