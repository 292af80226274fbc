import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { configAt } from '../support/stores.js';
import { MANAGER, mustBe, type Scene, SECTIONS, setTheScene, SIX_ITEMS, TestServer } from './commands.harness.js';

const on = { effectiveOn: '2026-11-20' };

let server: TestServer;
let scene: Scene;
let episode: string;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());
beforeEach(async () => {
  scene = await setTheScene(server);
  episode = `/care-episodes/${scene.episode}`;
});

/** The rules that a command was answered with warnings of. */
const warned = (answer: { body: { warnings: readonly { rule: string }[] } }): string[] =>
  answer.body.warnings.map(({ rule }) => rule);

async function offer(): Promise<string> {
  return (await server.record(episode, '/offers', { by: scene.anna, ...on })).body.id;
}

async function statusOf(rule: string, token: string): Promise<string | undefined> {
  const { body } = mustBe(
    200,
    await server.get(`/recipients/${scene.recipient}/compliance`, { 'Consistency-Token': token }),
  );
  const [found] = body['episodes'] as { rules: { rule: string; status: string }[] }[];
  return found?.rules.find((each) => each.rule === rule)?.status;
}

describe('the process of Bilaga 2', () => {
  it('is walked from the information to the documentation', async () => {
    const consent = await server.record(episode, '/consents', {
      person: 'Karin Berg',
      relation: 'dotter',
      scope: ['ATTEND_MEETINGS'],
      ...on,
    });
    const attendees = [{ kind: 'RECIPIENT' }, { kind: 'RELATIVE', name: 'Karin Berg', consent: consent.body.id }];
    const steps = [
      await server.record(episode, '/information', {
        form: 'PHYSICAL_MEETING',
        items: SIX_ITEMS,
        brochureVersion: '2',
        attendees,
        ...on,
      }),
      await server.record(episode, '/offers', { offer: '11111111-0000-4000-8000-000000000001', by: scene.anna, ...on }),
      await server.record(episode, '/offers/11111111-0000-4000-8000-000000000001/accept', {
        answeredBy: 'RECIPIENT',
        ...on,
      }),
      await server.record(episode, '/plan-meetings', { on: '2026-11-21', ...on }),
    ];
    const assigned = await server.record(episode, '/assignments', {
      role: 'PRIMARY',
      staff: scene.anna,
      appointedBy: scene.bo,
      ...on,
    });
    steps.push(assigned);
    steps.push(
      await server.record(`/staff/${scene.anna}`, '/assignment-descriptions', {
        assignment: assigned.body.id,
        version: '1',
        place: 'Ånge',
        ...on,
      }),
    );
    steps.push(
      await server.record(episode, '/plans', {
        sections: SECTIONS,
        contacts: [assigned.body.id],
        participants: attendees,
        followUpOn: '2027-05-03',
        effectiveOn: '2026-11-21',
      }),
    );
    for (const document of ['JOURNAL', 'PROFILE'])
      steps.push(
        await server.record(episode, '/records', { document, about: assigned.body.eventId, effectiveOn: '2026-11-22' }),
      );
    expect(steps.flatMap(warned)).toEqual([]);

    const token = steps.at(-1)?.body.consistencyToken ?? '';
    for (const rule of [
      'OFFER',
      'ANSWER',
      'ASSIGNED',
      'TITLE',
      'TRAINING',
      'SIGNED',
      'PLAN',
      'FOLLOW_UP_DATE',
      'NAMED',
      'INFORMED',
    ])
      expect([rule, await statusOf(rule, token)]).toEqual([rule, 'MET']);
  });

  it('is walked to a no with its reason', async () => {
    const id = await offer();
    const declined = await server.record(episode, `/offers/${id}/decline`, {
      answeredBy: 'RECIPIENT',
      reasonCode: 'ENOUGH_SUPPORT',
      ...on,
    });
    expect(warned(declined)).toEqual([]);
    expect(await statusOf('DECLINE_REASON', declined.body.consistencyToken)).toBe('MET');
  });

  it('goes on: replacement, absence, follow-up, a revised plan, the end', async () => {
    const id = await offer();
    await server.record(episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const first = (await server.record(episode, '/assignments', { role: 'PRIMARY', staff: scene.anna, ...on })).body.id;
    const plan = (
      await server.record(episode, '/plans', {
        sections: SECTIONS,
        contacts: [first],
        participants: [],
        followUpOn: '2026-11-22',
        ...on,
      })
    ).body.id;
    const deputy = (await server.record(episode, '/assignments', { role: 'DEPUTY', staff: scene.bo, ...on })).body.id;
    const steps = [
      await server.record(episode, `/assignments/${first}/absences`, {
        deputyAssignment: deputy,
        effectiveOn: '2026-11-21',
      }),
      await server.record(episode, `/assignments/${first}/absence-ends`, { effectiveOn: '2026-11-22' }),
      await server.record(episode, `/assignments/${deputy}/end`, { initiator: 'UNIT', reasonCode: 'OTHER' }),
      await server.record(episode, `/assignments/${first}/replacement`, {
        staff: scene.bo,
        initiator: 'RECIPIENT',
        reasonCode: 'RECIPIENT_WISH',
        effectiveOn: '2026-11-22',
      }),
      await server.record(episode, `/plans/${plan}/missed-follow-ups`, {
        reasonCode: 'RECIPIENT_ABSENT',
        newDate: '2026-11-22',
        effectiveOn: '2026-11-21',
      }),
      await server.record(episode, `/plans/${plan}/follow-ups`, {
        attendees: [{ kind: 'RECIPIENT' }],
        outcome: 'REVISE_PLAN',
        nextFollowUpOn: '2027-05-20',
      }),
      await server.record(episode, `/plans/${plan}/revisions`, {
        version: 2,
        sections: SECTIONS,
        contacts: [first],
        participants: [],
      }),
      await server.record(episode, `/plans/${plan}/follow-up-dates`, { on: '2027-05-21' }),
      await server.record(episode, '/services', { services: ['PERSONAL_CARE', 'MEALS'] }),
      await server.record(episode, '/pauses', { cause: 'HOSPITAL', effectiveOn: '2026-11-21' }),
      await server.record(episode, '/resumptions', { effectiveOn: '2026-11-22' }),
      await server.record(episode, '/end', { cause: 'MOVED', effectiveOn: '2026-12-01' }),
    ];
    expect(steps.every(({ status }) => status === 201)).toBe(true);
    const state = mustBe(200, await server.get(episode));
    expect(state.body).toMatchObject({ revision: steps.at(-1)?.body.revision });
  });

  it('is answered step by step with event, place and token', async () => {
    const { body, headers, status } = await server.onCurrent(episode, '/offers', { by: scene.anna, ...on });
    expect(status).toBe(201);
    expect(body).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'ContactOffered',
      stream: `careEpisode-${scene.episode}`,
      revision: '1',
      position: expect.stringMatching(/^\d+$/),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      warnings: [{ rule: 'INFORMED', message: expect.stringContaining('sex punkter') }],
      consistencyToken: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(`/api/v1/entries/${body.eventId}`);
    expect(mustBe(200, await server.get(`/entries/${body.eventId}`)).body).toMatchObject({
      type: 'ContactOffered',
      status: 'VALID',
      data: { by: scene.anna, offer: body.id },
    });
  });
});

describe('what is unlawful but possible is recorded, and named', () => {
  it('a no without its reason (E2)', async () => {
    const id = await offer();
    const declined = await server.record(episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    expect(warned(declined)).toEqual(['DECLINE_REASON']);
    expect(await statusOf('DECLINE_REASON', declined.body.consistencyToken)).toBe('BREACH');
  });

  it('each no without a reason, also when the one before had none', async () => {
    const id = await offer();
    await server.record(episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    expect(warned(await server.record(episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on }))).toEqual([
      'ANSWERED_TWICE',
      'DECLINE_REASON',
    ]);
  });

  it('an assessment without the view of the recipient (E8)', async () => {
    expect(
      warned(
        await server.record(episode, '/unnecessity-assessments', {
          criteria: ['ONLY_ALARM'],
          reason: 'Bara larm.',
          ...on,
        }),
      ),
    ).toEqual(['UNNECESSARY']);
    expect(
      warned(
        await server.record(episode, '/unnecessity-assessments', {
          criteria: ['ONLY_ALARM'],
          reason: 'Bara larm.',
          recipientView: 'Instämmer.',
          ...on,
        }),
      ),
    ).toEqual([]);
  });

  it('services that undermine an assessment (E7)', async () => {
    await server.record(episode, '/unnecessity-assessments', {
      criteria: ['ONLY_ALARM'],
      reason: 'Bara larm.',
      recipientView: 'Instämmer.',
      ...on,
    });
    expect(
      warned(
        await server.record(episode, '/services', {
          services: ['SAFETY_ALARM', 'PERSONAL_CARE'],
          effectiveOn: '2026-11-21',
        }),
      ),
    ).toEqual(['UNNECESSARY']);
  });

  it('a contact without the training (E56)', async () => {
    const staff = await server.open('/staff', {
      controller: scene.controller,
      unit: scene.unit,
      name: 'Dan Falk',
      ...on,
    });
    await server.record(`/staff/${staff}`, '/title-verifications', {
      certificateDate: '2024-03-05',
      method: 'CERTIFICATE_SHOWN',
      checkedBy: 'enhetschef',
      ...on,
    });
    const id = await offer();
    await server.record(episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    expect(warned(await server.record(episode, '/assignments', { role: 'PRIMARY', staff, ...on }))).toEqual([
      'TRAINING',
    ]);
  });

  it('a late entry without its reason (E34)', async () => {
    expect(
      warned(await server.record(episode, '/plan-meetings', { on: '2026-11-20', effectiveOn: '2026-11-14' })),
    ).toEqual(['LATE_REASON']);
    expect(
      warned(await server.record(episode, '/plan-meetings', { on: '2026-11-20', effectiveOn: '2026-11-15' })),
    ).toEqual([]);
    expect(
      warned(
        await server.record(episode, '/plan-meetings', {
          on: '2026-11-20',
          effectiveOn: '2026-11-14',
          lateReason: 'Sjukdom.',
        }),
      ),
    ).toEqual([]);
    expect(
      warned(
        await server.record(episode, '/plan-meetings', {
          on: '2026-11-20',
          effectiveOn: '2026-11-10',
          documentedAt: '2026-11-12T10:00:00Z',
        }),
      ),
    ).toEqual([]);
  });

  it('an answer by somebody who is no representative (E46), and a plan without a date (E52)', async () => {
    const id = await offer();
    expect(
      warned(await server.record(episode, `/offers/${id}/accept`, { answeredBy: 'REPRESENTATIVE', ...on })),
    ).toEqual(['ANSWER']);
    expect(
      warned(
        await server.record(episode, '/plans', {
          sections: SECTIONS,
          contacts: [],
          participants: [{ kind: 'RELATIVE', name: 'Karin' }],
          ...on,
        }),
      ).sort(),
    ).toEqual(['CONSENT', 'FOLLOW_UP_DATE']);
  });

  it('nobody without a title is appointed, unless somebody says why (E13)', async () => {
    const refused = await server.onCurrent(episode, '/assignments', { role: 'PRIMARY', staff: scene.untitled, ...on });
    expect([refused.status, refused.body.code]).toEqual([409, 'TITLE_REQUIRED']);
    const appointed = await server.record(episode, '/assignments', {
      role: 'PRIMARY',
      staff: scene.untitled,
      override: { reason: 'Ingen annan finns.' },
      ...on,
    });
    expect(warned(appointed).sort()).toEqual(['TITLE', 'TRAINING']);
    expect(await statusOf('TITLE', appointed.body.consistencyToken)).toBe('BREACH');
  });
});

describe('two managers appoint at once (E59)', () => {
  it('gives one appointment, and the other is told so', async () => {
    const etag = await server.etag(episode);
    const appoint = (staff: string) =>
      server.post(`${episode}/assignments`, { role: 'PRIMARY', staff, ...on }, { ifMatch: etag });
    const answers = await Promise.all([appoint(scene.anna), appoint(scene.bo), appoint(scene.anna), appoint(scene.bo)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412]);
    const stale = answers.find(({ status }) => status === 412);
    expect(stale?.headers.get('etag')).toBe('"1"');
    expect(stale?.body).toMatchObject({ code: 'PRECONDITION_FAILED', currentETag: '"1"' });
  });

  it('also when they did not look: the decider sees the other one', async () => {
    const appoint = (staff: string) =>
      server.post(`${episode}/assignments`, { role: 'PRIMARY', staff, ...on }, { ifMatch: '*' });
    const answers = await Promise.all([appoint(scene.anna), appoint(scene.bo)]);
    expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      [201, undefined],
      [409, 'PRIMARY_ALREADY_ASSIGNED'],
    ]);
  });
});

describe('a command sent again', () => {
  const assign = () => ({ role: 'PRIMARY', staff: scene.untitled, override: { reason: 'Ingen annan finns.' } });
  const entries = async () => (await server.register.log.readStream(`careEpisode-${scene.episode}`)).length;

  it('is answered as it was, once, with the old ETag too', async () => {
    const etag = await server.etag(episode);
    const key = `k-${scene.episode}`;
    const first = mustBe(201, await server.post(`${episode}/assignments`, assign(), { ifMatch: etag, key }));
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    await server.record(episode, `/assignments/${first.body.id}/end`, { initiator: 'UNIT', reasonCode: 'OTHER' });
    await server.record(`/staff/${scene.untitled}`, '/trainings', { course: 'Fast omsorgskontakt' });
    server.clock.set('2026-11-25T08:00:00.000Z');
    const again = mustBe(201, await server.post(`${episode}/assignments`, assign(), { ifMatch: etag, key }));
    server.clock.set('2026-11-22T08:00:00.000Z');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    for (const header of ['etag', 'location']) expect(again.headers.get(header)).toBe(first.headers.get(header));
    expect(await entries()).toBe(3);
  });

  it('is another command under another body, actor or path', async () => {
    const etag = await server.etag(episode);
    const key = `k-${scene.episode}`;
    mustBe(201, await server.post(`${episode}/assignments`, assign(), { ifMatch: etag, key }));
    for (const [path, body] of [
      [`${episode}/assignments`, { ...assign(), role: 'DEPUTY' }],
      [`${episode}/assignments`, { ...assign(), effectiveOn: '2026-11-21' }],
      [`${episode}/assignments`, { ...assign(), override: { reason: 'Ett annat skäl.' } }],
      [`${episode}/assignments`, { ...assign(), effectiveOn: '2099-01-01' }],
      [`${episode}/plan-meetings`, { on: '2026-11-24' }],
      [`/staff/${scene.anna}/trainings`, { course: 'Grund' }],
    ] as const) {
      const reused = await server.post(path, body, { ifMatch: '*', key });
      expect([path, reused.status, reused.body.code]).toEqual([path, 422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    const other = await server.post(
      `${episode}/plan-meetings`,
      { on: '2026-11-24' },
      { ifMatch: '*', key, headers: { 'X-Actor-Id': 'another' } },
    );
    expect(other.status).toBe(201);
  });

  it.each([
    { 'X-Actor-Role': 'NURSE' },
    { 'X-On-Behalf-Of': 'SE2321000016-1004' },
    { 'X-Actor-Unit': 'SE2321000016-9999' },
  ] as Record<string, string>[])('is another command by the same person with %j', async (headers) => {
    const send = (key: string, more: Record<string, string>) =>
      server.post(`${episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key, headers: more });
    for (const [key, first, other] of [
      [`with-${scene.episode}`, headers, {}],
      [`without-${scene.episode}`, {}, headers],
    ] as const) {
      const { body } = mustBe(201, await send(key, first));
      const reused = await send(key, other);
      expect([reused.status, reused.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      expect(mustBe(201, await send(key, first)).body).toEqual(body);
    }
    expect(await entries()).toBe(3);
  });

  it('that names no day means the day on which it came, not the one that was recorded under its key', async () => {
    const key = `day-${scene.episode}`;
    const send = (day: object) =>
      server.post(`${episode}/plan-meetings`, { on: '2026-11-24', ...day }, { ifMatch: '*', key });
    mustBe(201, await send({ effectiveOn: '2026-11-20' }));
    expect((await send({})).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await send({ effectiveOn: '2026-11-20' })).headers.get('idempotency-replayed')).toBe('true');
  });

  it('at the same time gives one event', async () => {
    const key = `k-${scene.episode}`;
    const send = () => server.post(`${episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(3);
    expect(await entries()).toBe(2);
  });

  it('opens one thing, also when the caller did not name it', async () => {
    const key = `open-${scene.episode}`;
    const body = { controller: scene.controller, unit: scene.unit, name: 'Eva Gren' };
    const [first, again] = [await server.post('/staff', body, { key }), await server.post('/staff', body, { key })];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
  });

  it('after a cut connection gives one event', async () => {
    const key = `cut-${scene.episode}`;
    const body = JSON.stringify({ on: '2026-11-24' });
    const headers = {
      ...MANAGER,
      Host: 'localhost',
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
      'If-Match': '*',
      'Idempotency-Key': key,
    };
    const head = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const { port } = new URL(server.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.end(`POST /api/v1${episode}/plan-meetings HTTP/1.1\r\n${head}\r\n${body}`, () => socket.destroy()),
      );
      socket.on('close', () => resolve());
    });
    for (let sent = 0; sent < 3; sent += 1)
      mustBe(201, await server.post(`${episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key }));
    expect(await entries()).toBe(2);
  });
});

describe('a preview', () => {
  it('tells event, warnings and changed judgement, and writes nothing', async () => {
    const id = await offer();
    await server.record(episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const before = await server.register.store.head();
    const preview = mustBe(
      200,
      await server.post(`${episode}/assignments?dryRun=true`, {
        role: 'PRIMARY',
        staff: scene.untitled,
        override: { reason: 'x' },
        effectiveOn: '2026-11-22',
      }),
    );
    expect(await server.register.store.head()).toBe(before);
    expect(preview.body).toMatchObject({
      dryRun: true,
      events: [{ type: 'ContactAssigned', stream: `careEpisode-${scene.episode}`, effectiveOn: '2026-11-22' }],
    });
    expect(preview.body.warnings.map(({ rule }) => rule).sort()).toEqual(['TITLE', 'TRAINING']);
    expect(preview.body['compliance']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ episode: scene.episode, rule: 'ASSIGNED', on: '2026-11-22', from: 'DUE', to: 'MET' }),
        expect.objectContaining({ rule: 'TITLE', from: null, to: 'BREACH' }),
      ]),
    );
  });

  it('refuses what the command would refuse', async () => {
    const preview = await server.post(`${episode}/assignments?dryRun=true`, { role: 'PRIMARY', staff: scene.untitled });
    expect([preview.status, preview.body.code]).toEqual([409, 'TITLE_REQUIRED']);
  });

  it('shows what an employee who leaves leaves behind', async () => {
    const id = await offer();
    await server.record(episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const { body } = await server.record(episode, '/assignments', { role: 'PRIMARY', staff: scene.anna, ...on });
    await server.register.waitFor(BigInt(body.position), 5_000);
    const preview = mustBe(
      200,
      await server.post(`/staff/${scene.anna}/employment-ends?dryRun=true`, { effectiveOn: '2026-11-21' }),
    );
    expect(preview.body['compliance']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ episode: scene.episode, rule: 'ASSIGNED', on: '2026-11-22', from: 'MET', to: 'DUE' }),
      ]),
    );
  });

  it('shows what a policy and a merge would change', async () => {
    const id = await offer();
    await server.record(episode, `/offers/${id}/accept`, { answeredBy: 'RECIPIENT', ...on });
    const policy = mustBe(
      200,
      await server.post(`/controllers/${scene.controller}/policies?dryRun=true`, {
        version: '1',
        values: { assignTargetDays: 0 },
        effectiveOn: '2026-11-20',
      }),
    );
    expect(policy.body['compliance']).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'ASSIGNED', from: 'DUE', to: 'BREACH' })]),
    );
    const other = await server.open('/recipients', {
      controller: scene.controller,
      identity: { type: 'RESERVE', value: 'R1' },
      name: 'Tolvan',
      protection: 'NONE',
    });
    const merge = async (from: string, into: string, query = '?dryRun=true') =>
      (await server.onCurrent(`/recipients/${from}`, `/merges${query}`, { into })).body;
    const previewed = await merge(scene.recipient, other);
    expect(previewed['events']).toHaveLength(1);
    const registrations = [
      { recipient: scene.recipient, episodes: [scene.episode] },
      { recipient: other, episodes: [] },
    ].toSorted((one, two) => (one.recipient < two.recipient ? -1 : 1));
    expect(previewed['becomesOne']).toEqual({ registrations, sameNumber: false });
    // What was merged before comes along.
    const third = await server.open('/recipients', {
      controller: scene.controller,
      identity: { type: 'RESERVE', value: 'R1' },
      name: 'Tolvan',
      protection: 'NONE',
      anotherPerson: { reason: 'Samma reservnummer i två system.' },
    });
    expect(await merge(third, other)).toMatchObject({ becomesOne: { sameNumber: true } });
    const merged = await server.record(`/recipients/${third}`, '/merges', { into: other });
    await server.register.waitFor(BigInt(merged.body.position), 30_000);
    expect((await merge(scene.recipient, other))['becomesOne']).toMatchObject({
      registrations: expect.arrayContaining([{ recipient: third, episodes: [] }]),
    });
  });
});

describe('corrections', () => {
  it('make a fact count otherwise, and are undone by correcting again', async () => {
    const id = await offer();
    const declined = await server.record(episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    const entry = `/entries/${declined.body.eventId}`;
    const right = { offer: id, answeredBy: 'RECIPIENT', reasonCode: 'HAS_RELATIVE' };
    const corrected = await server.record(entry, '/correction', { reason: 'Orsaken glömdes.', data: right });
    expect(await statusOf('DECLINE_REASON', corrected.body.consistencyToken)).toBe('MET');
    expect(mustBe(200, await server.get(entry)).body).toMatchObject({
      status: 'CORRECTED',
      correctedBy: corrected.body.eventId,
    });
    const annulled = await server.record(entry, '/annulment', {
      cause: 'NEVER_HAPPENED',
      reason: 'Svaret gavs aldrig.',
    });
    expect(await statusOf('DECLINE_REASON', annulled.body.consistencyToken)).toBeUndefined();
    const disputed = await server.record(entry, '/dispute', { statement: 'Jag svarade inte.' });
    expect(disputed.body.type).toBe('EntryDisputed');
  });

  it('show what they change, and what of the earlier one falls back', async () => {
    const id = await offer();
    const declined = await server.record(episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    const entry = `/entries/${declined.body.eventId}`;
    await server.record(entry, '/correction', { reason: 'Fel dag.', effectiveOn: '2026-11-21' });
    const data = { offer: id, answeredBy: 'RECIPIENT', reasonCode: 'HAS_RELATIVE' };
    const previewed = mustBe(
      200,
      await server.post(`${entry}/correction?dryRun=true`, { reason: 'Orsak.', data }),
    ).body;
    expect(previewed['corrected']).toEqual([
      { field: 'effectiveOn', from: '2026-11-21', to: '2026-11-20' },
      { field: 'reasonCode', to: 'HAS_RELATIVE' },
    ]);
    const recorded = await server.record(entry, '/correction', { reason: 'Orsak.', data });
    for (const warnings of [previewed['warnings'], recorded.body.warnings])
      expect(warnings).toEqual([
        { rule: 'REPLACES_CORRECTION', message: expect.stringMatching(/registrerades: dagen\. Ange/) },
      ]);
  });

  it('may move a fact to another day, and count in what is decided next', async () => {
    const assigned = await server.record(episode, '/assignments', { role: 'PRIMARY', staff: scene.anna, ...on });
    await server.record(`/entries/${assigned.body.eventId}`, '/annulment', {
      cause: 'NEVER_HAPPENED',
      reason: 'Fel person.',
    });
    const next = await server.record(episode, '/assignments', { role: 'PRIMARY', staff: scene.bo, ...on });
    await server.record(`/entries/${next.body.eventId}`, '/correction', {
      reason: 'Fel dag.',
      effectiveOn: '2026-11-21',
    });
    const early = await server.onCurrent(episode, `/assignments/${next.body.id}/end`, {
      initiator: 'UNIT',
      reasonCode: 'OTHER',
      effectiveOn: '2026-11-20',
    });
    expect(early.body.code).toBe('ASSIGNMENT_NOT_ACTIVE');
  });

  it('are open after the end of the care', async () => {
    const id = await offer();
    const declined = await server.record(episode, `/offers/${id}/decline`, { answeredBy: 'RECIPIENT', ...on });
    await server.record(episode, '/end', { cause: 'DEATH', effectiveOn: '2026-11-21' });
    expect(
      (
        await server.onCurrent(`/entries/${declined.body.eventId}`, '/correction', {
          reason: 'Orsak.',
          data: { offer: id, answeredBy: 'RECIPIENT', reasonCode: 'OTHER' },
        })
      ).status,
    ).toBe(201);
    expect(
      (await server.onCurrent(episode, '/plan-meetings', { on: '2026-11-21', effectiveOn: '2026-11-20' })).status,
    ).toBe(201);
  });
});

describe('every resource that takes commands', () => {
  it('is read with its ETag', async () => {
    const { body } = await server.record(episode, '/plan-meetings', { on: '2026-11-24' });
    const policies = `/controllers/${scene.controller}/policies`;
    expect(mustBe(200, await server.get(policies)).headers.get('etag')).toBeNull();
    mustBe(201, await server.post(policies, { version: '2026-1', values: {} }));
    for (const resource of [
      `/controllers/${scene.controller}`,
      policies,
      `/units/${scene.unit}`,
      `/staff/${scene.anna}`,
      `/recipients/${scene.recipient}`,
      episode,
      `/entries/${body.eventId}`,
    ]) {
      expect([resource, await server.etag(resource)]).toEqual([resource, expect.stringMatching(/^"\d+"$/)]);
    }
    expect(mustBe(200, await server.get(policies)).body).toMatchObject({
      controller: scene.controller,
      version: '2026-1',
      values: { offerTargetDays: 14 },
    });
  });
});

describe('the log of the server', () => {
  it('holds nothing personal', () => {
    expect(server.log.join('')).not.toMatch(/Tolvan|1212|Karin|Anna Lind/);
  });
});

describe('Idempotency-Key', () => {
  it('survives a restart, and a crash between append and answer', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fok-commands-'));
    const config = configAt(dataDir);
    let answered = true;
    const crashing = await TestServer.start({
      config,
      wrap: (register) => {
        const { log } = register;
        const append: typeof log.append = async (...args) => {
          const result = await log.append(...args);
          if (!answered) throw new Error('the process died here');
          return result;
        };
        return { ...register, log: Object.assign(Object.create(log) as typeof log, { append }) };
      },
    });
    const there = await setTheScene(crashing);
    const resource = `/care-episodes/${there.episode}`;
    answered = false;
    const cut = await crashing.post(`${resource}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key: 'once' });
    expect(cut.body.code).toBe('INTERNAL_ERROR');
    await crashing.close();

    const restarted = await TestServer.start({ config });
    const again = await restarted.post(
      `${resource}/plan-meetings`,
      { on: '2026-11-24' },
      { ifMatch: '"0"', key: 'once' },
    );
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.revision]).toEqual([201, 'true', '1']);
    expect(await restarted.register.log.readStream(`careEpisode-${there.episode}`)).toHaveLength(2);
    await restarted.close();
    rmSync(dataDir, { recursive: true });
  });
});
