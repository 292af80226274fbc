import { consistencyToken } from '../../src/kernel/http/consistency-token.js';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AccessLogUnavailable } from '../../src/access-log/access-log.js';
import { accessLogProblems } from '../../src/access-log/http/access-log-problems.js';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import { answerProblems } from '../../src/judgement/answer-problems.js';
import { UnreadableEvent } from '../../src/kernel/event-sourcing/unreadable-event.js';
import { ClockOff, EventStoreUnavailable, StreamNotWhole } from '../../src/kernel/event-store/event-store.js';
import { documentProblems } from '../../src/documents/document-problems.js';
import { httpProblems } from '../../src/kernel/http/http-problems.js';
import { Problem } from '../../src/kernel/http/problem.js';
import { pino } from 'pino';
import { signInBy } from '../../src/sign-in/sign-in.js';
import { TestIssuer } from '../support/test-issuer.js';
import { problemCatalogue } from '../../src/server/problem-catalogue.js';
import { type Answer, MANAGER, MEMORY, type Scene, SECTIONS, setTheScene, TestServer } from './commands.harness.js';
import { AccessServer, caller, TOLVAN } from './access.harness.js';
import { waysOfAccess } from './access-ways.js';
import { fillUnit } from './full-stream.js';
import { sendRaw } from './raw-http.js';
import { ofManyEvents } from '../support/stores.js';

jest.setTimeout(240_000);

const NOBODY = '99999999-9999-4999-8999-999999999999';
const on = { effectiveOn: '2026-11-20' };

let server: TestServer;
let broken: TestServer;
let scene: Scene;

/** What is wrong with the store of `broken`; nothing while undefined. */
let fault: Error | undefined;

beforeAll(async () => {
  server = await TestServer.start();
  scene = await setTheScene(server);
  broken = await TestServer.start({
    wrap: (register) => {
      const append: typeof register.log.append = (...args) =>
        fault ? Promise.reject(fault) : register.log.append(...args);
      const store = Object.assign(Object.create(register.store) as typeof register.store, {
        head: () => Promise.reject(new EventStoreUnavailable('10.0.0.1 is gone')),
      });
      return {
        ...register,
        store,
        log: Object.assign(Object.create(register.log) as typeof register.log, { append }),
      };
    },
  });
});
afterAll(async () => {
  await server.close();
  await broken.close();
});

/** An episode of its own, with the resource it is at. */
async function episode(): Promise<string> {
  return `/care-episodes/${await server.open('/care-episodes', { recipient: scene.recipient, unit: scene.unit, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: [], effectiveOn: '2026-11-16' })}`;
}
async function staff(): Promise<string> {
  return `/staff/${await server.open('/staff', { controller: scene.controller, unit: scene.unit, name: 'Eva Gren', ...on })}`;
}
let numbers = 0;
async function recipient(): Promise<string> {
  numbers += 1;
  return `/recipients/${await server.open('/recipients', { controller: scene.controller, identity: { type: 'RESERVE', value: `R-${numbers}` }, name: 'Gun Ek', protection: 'NONE', ...on })}`;
}
async function unit(): Promise<string> {
  return `/units/${await server.open('/units', { controller: scene.controller, name: 'Syd', careForms: ['HOME_CARE'], ...on })}`;
}
/** Annuls the first entry of a resource. */
async function annulled(resource: string, stream: string): Promise<string> {
  const [opening] = await server.register.log.readStream(stream);
  await server.record(`/entries/${opening?.id}`, '/annulment', { cause: 'DUPLICATE', reason: 'Dubblett.' });
  return resource;
}
const id = (resource: string) => resource.split('/')[2] ?? '';

async function assigned(): Promise<{ at: string; assignment: string; event: string }> {
  const at = await episode();
  const { body } = await server.record(at, '/assignments', { role: 'PRIMARY', staff: scene.anna, ...on });
  return { at, assignment: body.id, event: body.eventId };
}
async function offered(): Promise<{ at: string; offer: string; event: string }> {
  const at = await episode();
  const { body } = await server.record(at, '/offers', { by: scene.anna, ...on });
  return { at, offer: body.id, event: body.eventId };
}
async function changeRequested(): Promise<{ at: string; request: string }> {
  const { at, assignment } = await assigned();
  const { body } = await server.onCurrent(at, `/assignments/${assignment}/change-requests`, { ...on });
  return { at, request: body.id };
}
async function planned(): Promise<{ at: string; plan: string }> {
  const at = await episode();
  return { at, plan: (await server.record(at, '/plans', plan({}))).body.id };
}
const plan = (more: object) => ({
  sections: SECTIONS,
  contacts: [],
  participants: [],
  followUpOn: '2027-01-01',
  ...on,
  ...more,
});
const end = { initiator: 'UNIT', reasonCode: 'OTHER', ...on };

/** Asks a server of its own whose callers sign in, by a provider that is there or not. */
async function signingIn(ask: (at: TestServer, issuer: TestIssuer) => Promise<Answer>, there = true): Promise<Answer> {
  const issuer = await TestIssuer.start();
  if (!there) await issuer.stop();
  const signIn = await signInBy(MEMORY, issuer.config(), { logger: pino({ level: 'silent' }) });
  const guarded = await TestServer.start({ config: MEMORY, signIn });
  try {
    return await ask(guarded, issuer);
  } finally {
    await guarded.close();
    await signIn.close();
    if (there) await issuer.stop();
  }
}

/** One way to each error code. */
const ways: Readonly<Record<string, () => Promise<Answer>>> = {
  ...waysOfAccess(() => ({ server, scene, recipient, staff })),
  // of the transport
  MALFORMED_REQUEST: () => server.send('POST', '/units', '{"name": ', { ...MANAGER }),
  VALIDATION_FAILED: () => server.post('/units', { nmae: 'Norr' }),
  BODY_TOO_DEEP: () => server.post('/units', `${'['.repeat(33)}${']'.repeat(33)}`),
  BODY_TOO_WIDE: () =>
    server.post('/units', Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`m${at}`, at]))),
  DUPLICATE_MEMBER: () => server.post('/units', '{"name": "Norr", "name": "Syd"}'),
  ACTOR_REQUIRED: () => server.send('POST', '/units', {}, {}),
  ACTOR_HEADERS_NOT_ALLOWED: () =>
    signingIn(async (at, issuer) =>
      at.post('/units', {}, { headers: { Authorization: `Bearer ${await issuer.token()}` } }),
    ),
  UNAUTHENTICATED: () => signingIn((at) => at.get('/rules')),
  // An administrator opens nobody.
  NOT_ALLOWED: async () => {
    const guarded = await AccessServer.start();
    try {
      const { body, ...told } = await guarded.get(caller('admin'), `/recipients/${TOLVAN}/timeline`);
      return { ...told, body: body as unknown as Answer['body'] };
    } finally {
      await guarded.close();
    }
  },
  IDENTITY_UNAVAILABLE: () => signingIn((at) => at.get('/rules'), false),
  SIGN_IN_FAILED: () => signingIn((at) => at.beside('/logga-in/svar?code=a&state=b')),
  LEVEL_TOO_LOW: () => failing(new Problem(httpProblems.LEVEL_TOO_LOW)),
  // As the check of forms answers.
  CROSS_SITE_REQUEST: () => failing(Object.assign(new Error('Invalid csrf token'), { statusCode: 403 })),
  NOT_FOUND: () => server.get('/nothing'),
  METHOD_NOT_ALLOWED: () => server.send('PUT', `/units/${scene.unit}`, {}, MANAGER),
  NOT_ACCEPTABLE: () => server.get(`/reports/supervision?controller=${scene.controller}`, { Accept: 'image/png' }),
  BODY_TOO_LARGE: () => server.post('/units', { name: 'a'.repeat(1_100_000) }),
  URI_TOO_LONG: () => server.get(`/units/${'a'.repeat(300)}`),
  UNSUPPORTED_MEDIA_TYPE: () =>
    server.send('POST', '/units', 'name=Norr', { ...MANAGER, 'Content-Type': 'application/x-www-form-urlencoded' }),
  HEADERS_TOO_LARGE: () =>
    sendRaw(server.url, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`),
  IF_MATCH_MALFORMED: async () => server.post(`/units/${scene.unit}/closure`, {}, { ifMatch: '3' }),
  IF_MATCH_REQUIRED: () => server.post(`/units/${scene.unit}/closure`, {}),
  PRECONDITION_FAILED: () => server.post(`/units/${scene.unit}/closure`, {}, { ifMatch: '"99"' }),
  IDEMPOTENCY_KEY_MALFORMED: () =>
    server.post('/units', { controller: scene.controller, name: 'Norr', careForms: [] }, { key: 'tva ord' }),
  IDEMPOTENCY_KEY_REUSED: async () => {
    const body = { controller: scene.controller, unit: scene.unit, name: 'Eva Gren' };
    await server.post('/staff', body, { key: 'k1' });
    return server.post('/staff', { ...body, name: 'Eva Gran' }, { key: 'k1' });
  },
  CONSISTENCY_TOKEN_MALFORMED: () => server.get(`/units/${scene.unit}`, { 'Consistency-Token': 'x' }),
  CURSOR_MALFORMED: () => server.get(`/units?controller=${scene.controller}&cursor=AAAA`),
  STALE_READ: async () =>
    server.get(`/units/${scene.unit}/current`, {
      'Consistency-Token': consistencyToken(await server.register.registerId(), 1_000_000_000_000n),
      Prefer: 'wait=0, handling=strict',
    }),
  ENTRY_UNREADABLE: () =>
    failing(new UnreadableEvent({ id: NOBODY, stream: `unit-${NOBODY}`, position: 7n }, 'its bytes are no JSON')),
  STREAM_TRUNCATED: () => failing(new StreamNotWhole('STREAM_TRUNCATED', `unit-${NOBODY}`)),
  STREAM_DELETED: () => failing(new StreamNotWhole('STREAM_DELETED', `unit-${NOBODY}`)),
  STREAM_LIMITED: () => failing(new StreamNotWhole('STREAM_LIMITED', `unit-${NOBODY}`)),
  CLOCK_OFF: () => failing(new ClockOff(11)),
  STORE_UNAVAILABLE: () => failing(new EventStoreUnavailable('10.0.0.1 is gone')),
  ACCESS_LOG_OFF: () => server.get('/access-log'),
  LOG_REVIEWS_OFF: () => server.post('/log-reviews', { unit: scene.unit, month: '2026-10' }),
  // Where nobody signs in nothing is reviewed: the spec of the reviews comes to these by what its callers do.
  MONTH_NOT_REVIEWED: () => failing(new Problem(accessLogProblems.MONTH_NOT_REVIEWED)),
  MONTH_NOT_SEALED: () => failing(new Problem(accessLogProblems.MONTH_NOT_SEALED)),
  ALREADY_DRAWN: () => failing(new Problem(accessLogProblems.ALREADY_DRAWN)),
  REVIEW_NOT_YOURS: () => failing(new Problem(accessLogProblems.REVIEW_NOT_YOURS)),
  REVIEW_SIGNED: () => failing(new Problem(accessLogProblems.REVIEW_SIGNED)),
  UNKNOWN_LOG_REVIEW: () => failing(new Problem(answerProblems.UNKNOWN_LOG_REVIEW)),
  ACCESS_LOG_UNAVAILABLE: async () => {
    const accessLog = new MemoryAccessLog();
    accessLog.append = () => Promise.reject(new AccessLogUnavailable('the disk is full'));
    const silent = await TestServer.start({ accessLog });
    return silent.get(`/recipients/${scene.recipient}`).finally(() => silent.close());
  },
  OVERLOADED: async () => {
    const busy = await TestServer.start({ requestsAtOnce: 0 });
    return busy.get('/rules').finally(() => busy.close());
  },
  RATE_LIMITED: async () => {
    const strict = await TestServer.start({ callsAMinute: 1 });
    await strict.get('/rules');
    return strict.get('/rules').finally(() => strict.close());
  },
  EXPECTATION_FAILED: () =>
    sendRaw(server.url, 'GET /api/v1/rules HTTP/1.1\r\nHost: localhost\r\nExpect: foo\r\nConnection: close\r\n\r\n'),
  HOST_NOT_SERVED: () =>
    sendRaw(server.url, 'GET /api/v1/rules HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
  STOPPING: async () => {
    const ending = await TestServer.start({ config: MEMORY });
    let ended = Promise.resolve();
    const call = ['GET /api/v1/rules HTTP/1.1\r\n', 'Host: localhost\r\n\r\n'] as const;
    const answer = await sendRaw(ending.url, call, async () => {
      // The first half has come before the close begins: so the connection is not an idle one.
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended = ending.close();
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await ended;
    return answer;
  },
  NOT_READY: () => broken.beside('/health/ready'),
  // Printing itself has specs of how it comes to these.
  DOCUMENT_TOO_LARGE: () => failing(new Problem(documentProblems.DOCUMENT_TOO_LARGE)),
  DOCUMENTS_BUSY: () => failing(new Problem(documentProblems.DOCUMENTS_BUSY, { headers: { 'retry-after': '10' } })),
  DOCUMENT_NOT_MADE: () => failing(new Problem(documentProblems.DOCUMENT_NOT_MADE)),
  NO_BACKGROUND_REBUILD: async () => {
    const passing = await TestServer.start({ config: MEMORY });
    return passing.post('/projections/assessments/rebuild', undefined).finally(() => passing.close());
  },
  INTERNAL_ERROR: () => failing(new TypeError('Tolvan Tolvansson')),

  // of every command
  ALREADY_EXISTS: () =>
    server.post('/units', { id: scene.unit, controller: scene.controller, name: 'Norr', careForms: [] }),
  UNKNOWN_REFERENCE: () => server.post('/units', { controller: NOBODY, name: 'Norr', careForms: [] }),
  IMPOSSIBLE_DATE: () =>
    server.post('/units', { controller: scene.controller, name: 'Norr', careForms: [], effectiveOn: '2027-11-24' }),
  ID_TAKEN: async () => {
    const { offer } = await offered();
    return server.onCurrent(await episode(), '/offers', { offer, by: scene.anna });
  },
  STREAM_FULL: async () => {
    const full = await TestServer.start();
    try {
      const its = await setTheScene(full);
      await fillUnit(full, its, 0);
      return await full.onCurrent(`/units/${its.unit}`, '/managers', { staff: its.anna });
    } finally {
      await full.close();
    }
  },
  PERSON_FORGOTTEN: async () => {
    const at = await recipient();
    await server.register.keys.fence(id(at), 'D-1');
    await server.register.keys.destroy(id(at));
    return server.onCurrent(at, '/representatives', { kind: 'OMBUD', name: 'Bo', scope: [] });
  },
  UNKNOWN_CONTROLLER: () => server.post(`/controllers/${NOBODY}/policies`, { version: '1', values: {} }),
  UNKNOWN_UNIT: () => server.post(`/units/${NOBODY}/closure`, {}),
  UNKNOWN_STAFF: () => server.post(`/staff/${NOBODY}/leaves`, {}),
  UNKNOWN_RECIPIENT: () => server.post(`/recipients/${NOBODY}/protection`, { protection: 'NONE' }),
  UNKNOWN_EPISODE: () => server.post(`/care-episodes/${NOBODY}/pauses`, {}),
  UNKNOWN_EVENT: () => server.post(`/entries/${NOBODY}/correction`, { reason: 'x' }),

  // of questions
  UNKNOWN_ENTRY: () => server.get(`/recipients/${scene.recipient}/replay?to=0`),
  UNIT_NOT_OF_CONTROLLER: async () => {
    const other = await server.open('/controllers', {
      name: 'Annan',
      kind: 'PRIVATE',
      orgNumber: '556036-0793',
      ...on,
    });
    return server.get(`/reports/supervision?controller=${other}&unit=${scene.unit}`);
  },
  PERIOD_REVERSED: () => server.get(`/units/${scene.unit}/due?from=2026-02-01&to=2026-01-01`),
  NOT_VERIFIED_YET: () => server.get('/verifications/last', { Accept: 'application/pdf' }),
  KNOWN_AT_AHEAD: () => server.get(`/units/${scene.unit}/current?knownAt=2100-01-01T00:00:00Z`),
  PERIOD_TOO_LONG: () =>
    server.get(`/reports/supervision/series?controller=${scene.controller}&from=1900-01-01&to=2026-01-01`),

  // of the care
  EPISODE_ANNULLED: async () => {
    const at = await episode();
    return server.onCurrent(await annulled(at, `careEpisode-${id(at)}`), '/pauses', {});
  },
  EPISODE_ENDED: async () => {
    const at = await episode();
    await server.record(at, '/end', { cause: 'MOVED', ...on });
    return server.onCurrent(at, '/pauses', on);
  },
  EPISODE_ALREADY_ENDED: async () => {
    const at = await episode();
    await server.record(at, '/end', { cause: 'MOVED', ...on });
    return server.onCurrent(at, '/end', { cause: 'DEATH', effectiveOn: '2026-11-18' });
  },
  EPISODE_END_BEFORE_START: async () =>
    server.onCurrent(await episode(), '/end', { cause: 'MOVED', effectiveOn: '2026-11-15' }),
  EPISODE_ALREADY_PAUSED: async () => {
    const at = await episode();
    await server.record(at, '/pauses', on);
    return server.onCurrent(at, '/pauses', {});
  },
  EPISODE_NOT_PAUSED: async () => server.onCurrent(await episode(), '/resumptions', {}),
  UNIT_CLOSED: async () => {
    const at = await unit();
    await server.record(at, '/closure', on);
    return server.onCurrent(await episode(), '/unit-moves', { unit: id(at) });
  },
  UNKNOWN_OFFER: async () => server.onCurrent(await episode(), `/offers/${NOBODY}/accept`, { answeredBy: 'RECIPIENT' }),
  ANSWER_BEFORE_OFFER: async () => {
    const { at, offer } = await offered();
    return server.onCurrent(at, `/offers/${offer}/accept`, { answeredBy: 'RECIPIENT', effectiveOn: '2026-11-19' });
  },
  UNKNOWN_CONSENT: async () => server.onCurrent(await episode(), `/consents/${NOBODY}/withdrawal`, {}),
  CONSENT_NOT_IN_EPISODE: async () =>
    server.onCurrent(await episode(), '/information', {
      form: 'PHONE',
      items: [],
      attendees: [{ kind: 'RELATIVE', consent: NOBODY }],
    }),
  CONSENT_ALREADY_WITHDRAWN: async () => {
    const { at, consent } = await consented();
    await server.record(at, `/consents/${consent}/withdrawal`, on);
    return server.onCurrent(at, `/consents/${consent}/withdrawal`, {});
  },
  WITHDRAWAL_BEFORE_CONSENT: async () => {
    const { at, consent } = await consented();
    return server.onCurrent(at, `/consents/${consent}/withdrawal`, { effectiveOn: '2026-11-19' });
  },
  PRIMARY_ALREADY_ASSIGNED: async () =>
    server.onCurrent((await assigned()).at, '/assignments', { role: 'PRIMARY', staff: scene.bo }),
  TITLE_REQUIRED: async () =>
    server.onCurrent(await episode(), '/assignments', { role: 'DEPUTY', staff: scene.untitled }),
  UNKNOWN_ASSIGNMENT: async () => server.onCurrent(await episode(), `/assignments/${NOBODY}/end`, end),
  ASSIGNMENT_NOT_IN_EPISODE: async () => server.onCurrent(await episode(), '/plans', plan({ contacts: [NOBODY] })),
  ASSIGNMENT_NOT_ACTIVE: async () => {
    const { at, assignment } = await assigned();
    await server.record(at, `/assignments/${assignment}/end`, end);
    return server.onCurrent(at, `/assignments/${assignment}/end`, end);
  },
  ABSENCE_ALREADY_STARTED: async () => {
    const { at, assignment } = await assigned();
    await server.record(at, `/assignments/${assignment}/absences`, on);
    return server.onCurrent(at, `/assignments/${assignment}/absences`, {});
  },
  ABSENCE_NOT_STARTED: async () => {
    const { at, assignment } = await assigned();
    return server.onCurrent(at, `/assignments/${assignment}/absence-ends`, {});
  },
  UNKNOWN_REQUEST: async () =>
    server.onCurrent(await episode(), `/change-requests/${NOBODY}/closure`, { outcome: 'WITHDRAWN' }),
  REQUEST_ALREADY_CLOSED: async () => {
    const { at, request } = await changeRequested();
    await server.onCurrent(at, `/change-requests/${request}/closure`, { outcome: 'WITHDRAWN' });
    return server.onCurrent(at, `/change-requests/${request}/closure`, { outcome: 'CHANGED' });
  },
  CLOSED_BEFORE_REQUEST: async () => {
    const { at, request } = await changeRequested();
    return server.onCurrent(at, `/change-requests/${request}/closure`, {
      outcome: 'CHANGED',
      effectiveOn: '2026-11-01',
    });
  },
  UNKNOWN_AGREEMENT: async () => server.onCurrent(await episode(), `/private-funds-agreements/${NOBODY}/end`, {}),
  UNKNOWN_PLAN: async () => server.onCurrent(await episode(), `/plans/${NOBODY}/follow-up-dates`, { on: '2027-01-01' }),
  PLAN_VERSION_TAKEN: async () => {
    const { at, plan: agreed } = await planned();
    return server.onCurrent(at, `/plans/${agreed}/revisions`, plan({ version: 1 }));
  },
  BEFORE_PLAN: async () => {
    const { at, plan: agreed } = await planned();
    return server.onCurrent(at, `/plans/${agreed}/follow-ups`, {
      attendees: [],
      outcome: 'UNCHANGED',
      effectiveOn: '2026-11-19',
    });
  },

  // of staff, recipients, units, entries
  STAFF_ANNULLED: async () => {
    const at = await staff();
    return server.onCurrent(await annulled(at, `staff-${id(at)}`), '/leaves', {});
  },
  STAFF_NOT_EMPLOYED: async () => {
    const at = await staff();
    await server.record(at, '/employment-ends', on);
    return server.onCurrent(at, '/employment-ends', {});
  },
  ALREADY_ON_LEAVE: async () => {
    const at = await staff();
    await server.record(at, '/leaves', on);
    return server.onCurrent(at, '/leaves', {});
  },
  NOT_ON_LEAVE: async () => server.onCurrent(await staff(), '/leave-ends', {}),
  UNKNOWN_EVIDENCE: async () => {
    const at = await staff();
    const { body } = await server.record(at, '/approved-educations', {
      education: 'Stödassistent',
      approvedBy: 'Enhetschef',
      ...on,
    });
    await server.record(`/entries/${body.eventId}`, '/annulment', { cause: 'NEVER_HAPPENED', reason: 'x' });
    return server.onCurrent(at, '/title-withdrawals', { of: body.eventId, cause: 'MISREAD' });
  },
  EVIDENCE_ALREADY_WITHDRAWN: async () => {
    const at = await staff();
    const { body } = await server.record(at, '/transition-statuses', {
      employer: 'Ånge kommun',
      evidence: 'Anställningsbevis',
      ...on,
    });
    await server.record(at, '/title-withdrawals', { of: body.eventId, cause: 'MISREAD' });
    return server.onCurrent(at, '/title-withdrawals', { of: body.eventId, cause: 'MISREAD' });
  },
  ASSIGNMENT_OF_ANOTHER: async () =>
    server.onCurrent(`/staff/${scene.bo}`, '/assignment-descriptions', {
      assignment: (await assigned()).assignment,
      version: '1',
      place: 'Ånge',
    }),
  RECIPIENT_ANNULLED: async () => {
    const at = await recipient();
    return server.onCurrent(await annulled(at, `recipient-${id(at)}`), '/protection', { protection: 'NONE' });
  },
  ALREADY_REGISTERED: () =>
    server.post('/recipients', {
      controller: scene.controller,
      identity: { type: 'PERSONNUMMER', value: '121212+1212' },
      name: 'Tolvan',
      protection: 'NONE',
    }),
  MERGED_INTO_SELF: async () => {
    const at = await recipient();
    return server.onCurrent(at, '/merges', { into: id(at) });
  },
  ALREADY_MERGED: async () => {
    const at = await recipient();
    await server.record(at, '/merges', { into: scene.recipient });
    return server.onCurrent(at, '/merges', { into: scene.recipient });
  },
  UNIT_ANNULLED: async () => {
    const at = await unit();
    return server.onCurrent(await annulled(at, `unit-${id(at)}`), '/managers', { staff: scene.anna });
  },
  UNIT_ALREADY_CLOSED: async () => {
    const at = await unit();
    await server.record(at, '/closure', {});
    return server.onCurrent(at, '/closure', {});
  },
  UNIT_CLOSED_BEFORE_OPENED: async () => server.onCurrent(await unit(), '/closure', { effectiveOn: '2026-11-19' }),
  NOT_CORRECTABLE: async () => {
    const at = await recipient();
    const forgotten = {
      id: '77777777-0000-4000-8000-000000000001',
      type: 'PersonForgotten',
      stream: `recipient-${id(at)}`,
      effectiveOn: '2026-11-22',
      actor: { id: 'a', role: 'b' },
      subject: id(at),
      controller: scene.controller,
      data: { decision: 'D-1' },
    };
    await server.register.log.append(forgotten.stream, 'STREAM_EXISTS', [forgotten]);
    return server.onCurrent(`/entries/${forgotten.id}`, '/annulment', { cause: 'OTHER', reason: 'x' });
  },
  CORRECTION_EMPTY: async () => server.onCurrent(`/entries/${(await offered()).event}`, '/correction', { reason: 'x' }),
  CORRECTION_CYCLE: async () => {
    const { body } = await server.record(`/entries/${(await offered()).event}`, '/correction', anyCorrection);
    return server.onCurrent(`/entries/${body.eventId}`, '/correction', {
      reason: 'y',
      data: { corrects: body.eventId, reason: 'z' },
    });
  },
  CORRECTION_MISPLACED: async () => {
    const { at, event } = await offered();
    const other = await server.record(at, '/plan-meetings', { on: '2026-11-24' });
    const { body } = await server.record(`/entries/${event}`, '/correction', anyCorrection);
    return server.onCurrent(`/entries/${body.eventId}`, '/correction', {
      reason: 'y',
      data: { corrects: other.body.eventId, reason: 'z' },
    });
  },
};

const anyCorrection = { reason: 'x', effectiveOn: '2026-11-20' };

async function consented(): Promise<{ at: string; consent: string }> {
  const at = await episode();
  return {
    at,
    consent: (
      await server.record(at, '/consents', { person: 'Karin Berg', relation: 'dotter', scope: ['INFORM'], ...on })
    ).body.id,
  };
}

async function failing(error: Error): Promise<Answer> {
  fault = error;
  return broken.post('/controllers', { name: 'Ånge kommun', kind: 'MUNICIPAL', orgNumber: '212000-2395' });
}

describe('every error code', () => {
  // A measure that is not there never gets past the query's form; only the command line can ask for it.
  const overHttp = problemCatalogue.filter(({ code }) => code !== 'UNKNOWN_FIGURE');

  it('stands for one thing', () =>
    expect(new Set(problemCatalogue.map(({ code }) => code)).size).toBe(problemCatalogue.length));
  it('has a way to it', () => expect(Object.keys(ways).sort()).toEqual(overHttp.map(({ code }) => code).sort()));

  const isAnswered = async ({ code, status, title }: (typeof overHttp)[number]): Promise<void> => {
    const answer = await ways[code]!();
    expect([answer.body.code, answer.status]).toEqual([code, status]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: `/api/v1/problems/${code}`,
      title,
      status,
      detail: expect.stringMatching(/\S/),
      instance: `urn:uuid:${answer.headers.get('x-correlation-id')}`,
    });
    // The correlation id is random, and may hold any digits.
    expect(JSON.stringify({ ...answer.body, instance: '' })).not.toMatch(/Tolvan|1212|Gren|10\.0\.0\.1/);
    const meaning = await server.get(`/problems/${code}`);
    expect(meaning.body).toMatchObject({ code, status, title });
  };
  it.each(overHttp.filter(({ code }) => code !== 'STREAM_FULL'))(
    '$code is answered with $status and what to do',
    isAnswered,
  );
  ofManyEvents.it('STREAM_FULL is answered with 409 and what to do', () =>
    isAnswered(overHttp.find(({ code }) => code === 'STREAM_FULL')!),
  );
});

describe('wrong fields', () => {
  it('are named by their paths, and never with what stood in them', async () => {
    const { body } = await server.post('/recipients', {
      controller: scene.controller,
      identity: { type: 'PERSONNUMMER', value: '191212121213' },
      name: '  ',
      protection: 'SECRET',
      birthDate: '12 december',
    });
    expect(body.code).toBe('VALIDATION_FAILED');
    expect(body.errors.map(({ path }) => path).sort()).toEqual(['birthDate', 'name', 'protection']);
    const checked = await server.post('/recipients', {
      controller: scene.controller,
      identity: { type: 'PERSONNUMMER', value: '191212121213' },
      name: 'Tolvan',
      protection: 'NONE',
    });
    expect(checked.body.errors).toEqual([{ path: 'identity.value', message: 'har fel datum eller kontrollsiffra' }]);
    expect(JSON.stringify([body, checked.body])).not.toContain('1212121');
  });

  it.each([
    ['/controllers', { name: 'A', kind: 'PRIVATE', orgNumber: '212000-2396' }, 'orgNumber'],
    [
      '/controllers',
      { name: 'A', kind: 'PRIVATE', orgNumber: '212000-2395', municipalityCode: '9960' },
      'municipalityCode',
    ],
    ['/controllers', { name: 'A\ud800', kind: 'PRIVATE', orgNumber: '212000-2395' }, 'name'],
    ['/staff', { name: 'A', hsaId: 'SE212000-1' }, 'hsaId'],
    ['/staff', { name: 'A', hsaId: null }, 'hsaId'],
    ['/staff', { name: 'A', documentedAt: '2026-11-22T08:00:00+01:00' }, 'documentedAt'],
    ['/recipients', { identity: 'x' }, 'identity'],
    ['/recipients', { identity: { type: 'SAMORDNINGSNUMMER' } }, 'identity.value'],
    ['/care-episodes', { services: ['GARDENING'] }, 'services'],
    ['/care-episodes', { services: 'MEALS' }, 'services'],
  ])('%s %j is wrong in %s', async (path, body, field) => {
    const answer = await server.post(path, body);
    expect(answer.body.code).toBe('VALIDATION_FAILED');
    expect(answer.body.errors.map((error) => error.path)).toContain(field);
  });

  it.each([
    ['a certificate before the title was protected', { certificateDate: '2023-06-30' }, 'certificateDate'],
    ['a certificate of tomorrow', { certificateDate: '2026-11-23' }, 'certificateDate'],
    ['a day that is none', { certificateDate: '2024-02-30' }, 'certificateDate'],
    ['a step of tomorrow', { certificateDate: '2024-02-01', effectiveOn: '2026-11-23' }, 'effectiveOn'],
    ['a step of the last century but one', { certificateDate: '2024-02-01', effectiveOn: '1899-12-31' }, 'effectiveOn'],
    [
      'a step documented tomorrow',
      { certificateDate: '2024-02-01', documentedAt: '2026-11-24T08:00:00Z' },
      'documentedAt',
    ],
  ])('%s is impossible', async (_, body, path) => {
    const answer = await server.onCurrent(`/staff/${scene.anna}`, '/title-verifications', {
      method: 'HOSP_DIRECT',
      checkedBy: 'HOSP',
      ...body,
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'IMPOSSIBLE_DATE']);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
  });

  it.each(['2026-02-30T08:00:00Z', '2026-11-20T25:00:00Z', '2026-13-01T00:00:00Z'])(
    'an instant %s is none',
    async (documentedAt) => {
      const answer = await server.onCurrent(`/staff/${scene.anna}`, '/yearly-follow-ups', { documentedAt });
      expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'documentedAt' }] });
    },
  );

  it('may lie a year ahead where the fact can be known ahead', async () => {
    const at = await episode();
    expect((await server.onCurrent(at, '/end', { cause: 'MOVED', effectiveOn: '2027-11-23' })).status).toBe(201);
  });

  it('are found in the right data of a correction', async () => {
    const { at, event, offer } = await offered();
    const schema = await server.onCurrent(`/entries/${event}`, '/correction', {
      reason: 'x',
      data: { offer, by: 'Anna' },
    });
    expect(schema.body.errors).toEqual([{ path: 'data.by', message: 'har inte rätt form' }]);
    const reference = await server.onCurrent(`/entries/${event}`, '/correction', {
      reason: 'x',
      data: { offer, by: NOBODY },
    });
    expect(reference.body).toMatchObject({ code: 'UNKNOWN_REFERENCE', errors: [{ path: 'data.by' }] });
    const day = await server.onCurrent(`/entries/${event}`, '/correction', { reason: 'x', effectiveOn: '2026-11-23' });
    expect(day.body).toMatchObject({ code: 'IMPOSSIBLE_DATE', errors: [{ path: 'effectiveOn' }] });
    const other = await offered();
    const taken = await server.onCurrent(`/entries/${event}`, '/correction', {
      reason: 'x',
      data: { offer: other.offer, by: scene.anna },
    });
    expect(taken.body.code).toBe('ID_TAKEN');
    expect((await server.onCurrent(at, '/offers', { by: NOBODY })).body).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      errors: [{ path: 'by' }],
    });
  });
});
