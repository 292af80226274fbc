import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Access } from '../../src/access-log/access-record.js';
import { LogReviews } from '../../src/access-log/reviews/log-reviews.js';
import type { ToldDraw, ToldLook, ToldMonth } from '../../src/access-log/reviews/told-reviews.js';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { openNotary } from '../../src/stores/open-notary.js';
import { read } from '../access-log/samples.js';
import { AccessServer, caller, HIDDEN, NORTH, SOUTH, STAFF, type StaffName, TOLVAN } from './access.harness.js';
import { NOW } from './commands.harness.js';

/** The log begins on 22 November 2026; December is the first month that is reviewed, and is over on 1 January. */
const MONTH = '2026-12';
const UNKNOWN = '99999999-9999-4999-8999-999999999999';

const folder = mkdtempSync(join(tmpdir(), 'fok-log-reviews-'));
const config = { dataDir: folder, eventStore: 'sqlite', viewStore: 'memory' } as const;
const clock = new FixedClock(NOW);
const log = new MemoryAccessLog(clock);
let server: AccessServer;

beforeAll(async () => {
  server = await AccessServer.start(undefined, log, { config });
  await looked('eva', TOLVAN, NOW);
  for (let day = 1; day <= 31; day += 1) {
    const on = `2026-12-${String(day).padStart(2, '0')}`;
    await looked('sam', TOLVAN, `${on}T02:00:00.000Z`);
    await looked('eva', TOLVAN, `${on}T09:00:00.000Z`);
    await looked('eva', TOLVAN, `${on}T09:01:00.000Z`);
    await looked('mia', TOLVAN, `${on}T10:00:00.000Z`, 'UNIT_MANAGER');
    await looked('sas', HIDDEN, `${on}T11:00:00.000Z`, 'SAS');
  }
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function looked(name: StaffName, recipient: string, at: string, role = 'CARE_STAFF'): Promise<void> {
  clock.set(at);
  const said: Partial<Access> = { who: { kind: 'STAFF', id: STAFF[name], role, level: 3 }, persons: [recipient] };
  await log.append(read(said));
}

function setTo(instant: string): void {
  clock.set(instant);
  server.clock.set(instant);
}

async function months(name: StaffName, query = ''): Promise<ToldMonth[]> {
  return (await server.get(caller(name), `/log-reviews${query}`)).body['items'] as ToldMonth[];
}

async function december(name: StaffName): Promise<ToldDraw> {
  const [month] = await months(name, `?unit=${NORTH}&month=${MONTH}`);
  return month!.draws[0]!;
}

const draw = (name: StaffName, body: object = {}) =>
  server.post(caller(name), '/log-reviews', { unit: NORTH, month: MONTH, ...body });

async function sign(name: StaffName, said: object = { outcome: 'NO_REMARK' }, review?: string): Promise<string> {
  const id = review ?? (await december('mia')).id;
  const { status, body } = await server.post(caller(name), `/log-reviews/${id}/signing`, said, `logReview-${id}`);
  return status < 400 ? String(status) : `${status} ${String(body['code'])}`;
}

/** Signs what was recorded, as the notary does; something is recorded first. @returns the root, hex */
async function sealed(): Promise<string> {
  const how = { taking: 'AT_ONCE', verify: async () => ({ ok: true }), say: () => undefined } as const;
  const { notary, close } = await openNotary(config, server.register.store, server.clock, how);
  const signed = await notary.seal();
  await close();
  return signed!.checkpoint.root;
}

/** The draw by somebody who has its description alone. */
function redone(root: string): string {
  const parts = ['fok:log-review:v1', root, NORTH, '2026-12-01', '2026-12-31'];
  const digest = createHash('sha256')
    .update(parts.map((part) => `${part}\0`).join(''))
    .digest();
  return `2026-12-${String((digest.readUIntBE(0, 6) % 31) + 1).padStart(2, '0')}`;
}

const kindsOf = (looks: readonly ToldLook[], id: string): string[] =>
  looks.filter(({ reader }) => reader === id).flatMap(({ standsOut }) => standsOut.map(({ kind }) => kind));

describe('a month of the access log', () => {
  it('is reviewed when it is over, from the first whole one', async () => {
    setTo('2026-12-31T22:00:00.000Z');
    expect(await months('sas')).toEqual([]);
    expect((await draw('mia')).body).toMatchObject({ code: 'MONTH_NOT_REVIEWED' });
    setTo('2026-12-31T23:00:00.000Z');
    const own = await months('mia');
    expect(own).toMatchObject([{ unit: NORTH, month: MONTH, status: 'DUE', dueOn: '2027-01-31', draws: [] }]);
    expect((await months('sas')).map(({ unit }) => unit).sort()).toEqual([NORTH, SOUTH]);
    expect((await draw('mia', { month: '2026-11' })).body).toMatchObject({ code: 'MONTH_NOT_REVIEWED' });
  });

  it('is drawn by the first checkpoint after it, as anybody reckons it', async () => {
    setTo('2027-01-02T08:00:00.000Z');
    expect((await draw('mia')).body).toMatchObject({ code: 'MONTH_NOT_SEALED' });
    const day = redone(await sealed());
    const atATime = await Promise.all([draw('mia'), draw('sas')]);
    expect(atATime.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { body } = atATime.find(({ status }) => status === 201)!;
    await server.settled();
    expect((await months('mia', `?unit=${NORTH}&month=${MONTH}`))[0]!.draws).toHaveLength(1);
    const { contents, ...told } = await december('mia');
    expect(told).toMatchObject({ id: body['id'], method: 'DAY', sample: [day], signed: false, signatures: [] });
    expect(contents).toMatchObject({ redone: true, maySign: true, readersLeft: 4 });
    const days = new Set(contents!.looks.map(({ at }) => at.slice(0, 10)));
    expect(days).toEqual(new Set([day]));
    expect((await draw('sas')).body).toMatchObject({ code: 'ALREADY_DRAWN' });
  });

  it('says of each look who, what for, and why it stands out', async () => {
    await server.post(caller('sas'), `/recipients/${HIDDEN}/notes`, { reason: 'Känd' }, `recipient-${HIDDEN}`);
    await server.record(`recipient-${HIDDEN}`, 'PersonNoted', { reason: 'Känd' }, { effectiveOn: '2026-11-01' });
    const { contents } = await december('sas');
    const { looks } = contents!;
    expect(looks[0]!.standsOut.length).toBeGreaterThan(0);
    expect(kindsOf(looks, STAFF.sam)).toEqual(['NO_CARE_RELATION', 'ODD_HOURS']);
    expect(kindsOf(looks, STAFF.eva)).toEqual([]);
    expect(looks.find(({ reader }) => reader === STAFF.eva)).toMatchObject({
      times: 2,
      role: 'omsorgspersonal',
      readerName: 'Namn eva',
      recipient: TOLVAN,
      recipientName: 'Person 001',
      purpose: 'det dagliga arbetet',
    });
    const hidden = looks.find(({ reader }) => reader === STAFF.sas)!;
    expect(kindsOf(looks, STAFF.sas)).toContain('PROTECTED');
    expect(kindsOf(looks, STAFF.sas)).not.toContain('NOTED');
    expect([hidden.recipient, hidden.recipientName]).toEqual([undefined, undefined]);
    expect(contents!.notTried).toMatch(/^Om någon har läst om sig själv/);
  });

  it('hides who has come to be protected since the look, in every look at her', async () => {
    const protect = (protection: string, effectiveOn: string) =>
      server.record(`recipient-${TOLVAN}`, 'RecipientProtectionChanged', { protection }, { effectiveOn });
    await protect('PROTECTED_REGISTRATION', '2027-01-01');
    await server.record(`recipient-${TOLVAN}`, 'PersonNoted', { reason: 'Känd' }, { effectiveOn: '2026-11-01' });
    for (const name of ['mia', 'sas'] as const) {
      const { looks } = (await december(name)).contents!;
      // Of some the note is the only mark: not told, it puts none of them among those that are marked.
      const marked = looks.map(({ standsOut }) => standsOut.length > 0);
      expect(new Set(marked)).toEqual(new Set([true, false]));
      expect(marked.lastIndexOf(true)).toBeLessThan(marked.indexOf(false));
      expect(looks.length).toBeGreaterThan(1);
      expect(JSON.stringify(looks)).not.toMatch(new RegExp(`${TOLVAN}|Person 001`));
      expect(kindsOf(looks, STAFF.eva)).toEqual([]);
    }
    await protect('NONE', '2027-01-02');
    expect(JSON.stringify((await december('mia')).contents!.looks)).toContain('Person 001');
  });

  it('names colleagues with protected data in their own unit alone', async () => {
    const protect = (name: StaffName) =>
      server.record(`staff-${STAFF[name]}`, 'StaffProtectionChanged', { protection: 'CONFIDENTIALITY_MARKED' });
    await protect('eva');
    await protect('sam');
    const { looks } = (await december('mia')).contents!;
    expect(looks.filter(({ readerName }) => readerName === 'Namn eva')).toHaveLength(1);
    expect(JSON.stringify(looks)).not.toMatch(new RegExp(`Namn sam|${STAFF.sam}`));
    expect(looks.filter(({ reader, role }) => reader === undefined && role === 'omsorgspersonal')).toHaveLength(1);
  });

  it('is signed by each for what others did: managers by the samordnare, her by another one', async () => {
    expect(await sign('mia', { outcome: 'REMARK' })).toBe('400 VALIDATION_FAILED');
    expect(await sign('mia', { outcome: 'REMARK', remarks: 'Läste om grannen', actions: 'Samtal' })).toBe('201');
    expect(await sign('mia')).toBe('403 REVIEW_NOT_YOURS');
    const { contents, signatures } = await december('sas');
    expect(contents).toMatchObject({ readersLeft: 3, maySign: true });
    expect(signatures).toMatchObject([{ role: 'UNIT_MANAGER', outcome: 'REMARK', remarks: 'Läste om grannen' }]);
    expect(await sign('sas')).toBe('201');
    expect(await sign('sas')).toBe('403 REVIEW_NOT_YOURS');
    expect((await months('mia'))[0]!.status).toBe('DUE');
    await server.grant('SAS', 'officer');
    await server.settled();
    const { id } = await december('mia');
    const signed = await server.post(
      caller('officer'),
      `/log-reviews/${id}/signing`,
      { outcome: 'NO_REMARK' },
      `logReview-${id}`,
    );
    expect([signed.status, signed.body['code']]).toEqual([201, undefined]);
    expect((await months('mia'))[0]).toMatchObject({ status: 'SIGNED', draws: [{ signed: true }] });
    expect(await sign('sas')).toBe('409 REVIEW_SIGNED');
  });

  it('is neither put right nor taken back once it is signed: not by another, nor by who signed', async () => {
    const stream = `logReview-${(await december('mia')).id}`;
    const signed = (await server.register.streams.read(stream)).filter(({ type }) => type === 'LogReviewSigned');
    expect(signed).toHaveLength(3);
    const ways: readonly (readonly [string, object])[] = [
      ['correction', { reason: 'Fel', data: { outcome: 'NO_REMARK' } }],
      ['annulment', { reason: 'Fel', cause: 'NEVER_HAPPENED' }],
      ['dispute', { statement: 'Fel' }],
    ];
    for (const { id } of signed)
      for (const name of ['mia', 'sas'] as const)
        for (const [way, said] of ways) {
          const { status, body } = await server.post(caller(name), `/entries/${id}/${way}`, said, stream);
          expect([name, way, status, body['code']]).toEqual([name, way, 409, 'NOT_CORRECTABLE']);
        }
    expect(await server.register.streams.read(stream)).toHaveLength(4);
  });

  it('can be drawn once more, of users, beside the first; and is signed again when that is', async () => {
    expect((await draw('sas', { method: 'USERS' })).status).toBe(201);
    const [month] = await months('mia', `?unit=${NORTH}&month=${MONTH}`);
    expect(month).toMatchObject({
      status: 'DUE',
      draws: [
        { method: 'DAY', signed: true },
        { method: 'USERS', signed: false },
      ],
    });
    expect(month!.draws[1]!.sample).toHaveLength(1);
    expect(month!.draws[1]!.contents).toMatchObject({ redone: true, readersLeft: 1 });
  });

  it('is a breach from the 32nd day after it on', async () => {
    setTo('2027-01-31T22:59:59.000Z');
    expect((await months('sas', `?unit=${SOUTH}`))[0]!.status).toBe('DUE');
    setTo('2027-01-31T23:00:00.000Z');
    expect((await months('sas', `?unit=${SOUTH}`)).find(({ month }) => month === MONTH)!.status).toBe('BREACH');
  });

  it('keeps the log of it from being disposed of until all of it is signed', async () => {
    const { register } = server;
    const reviews = new LogReviews(register, log, { auth: 'demo', dataDir: folder, witnesses: [], witnessesNeeded: 0 });
    expect(await reviews.firstUnsigned()).toBe(MONTH);
    const without = new LogReviews(register, log, { auth: 'none', dataDir: folder, witnesses: [], witnessesNeeded: 0 });
    expect(await without.firstUnsigned()).toBeUndefined();
  });
});

describe('who reviews', () => {
  it('is who may, of the units in her reach; of others she is told what is told of none', async () => {
    for (const name of ['eva', 'kim', 'deputy', 'admin', 'desk'] as const)
      expect([name, await server.answer(caller(name), '/log-reviews')]).toEqual([name, '403 NOT_ALLOWED']);
    expect(await server.answer(caller('mia'), `/log-reviews?unit=${SOUTH}`)).toBe('404 UNKNOWN_UNIT');
    expect(await server.answer(caller('mia'), `/log-reviews?unit=${UNKNOWN}`)).toBe('404 UNKNOWN_UNIT');
    expect((await server.post(caller('mia'), '/log-reviews', { unit: SOUTH, month: MONTH })).body).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(await sign('sam', { outcome: 'NO_REMARK' })).toBe('403 NOT_ALLOWED');
    expect(await sign('sam', { outcome: 'NO_REMARK' }, UNKNOWN)).toBe('404 UNKNOWN_LOG_REVIEW');
  });

  it('needs the ETag of what she has read', async () => {
    const [month] = await months('mia', `?unit=${NORTH}&month=${MONTH}`);
    const path = `/log-reviews/${month!.draws[1]!.id}/signing`;
    const answers = [];
    const given: Readonly<Record<string, string>>[] = [
      {},
      { 'if-match': '"7"' },
      { 'if-match': month!.draws[1]!.etag },
    ];
    for (const headers of given)
      answers.push(await server.call(caller('officer'), 'POST', path, { headers, body: { outcome: 'NO_REMARK' } }));
    expect(answers.map(({ status, body }) => body['code'] ?? status)).toEqual([
      'IF_MATCH_REQUIRED',
      'PRECONDITION_FAILED',
      201,
    ]);
    expect((await months('mia')).find((one) => one.month === MONTH)!.status).toBe('SIGNED');
  });

  it('leaves a record of her own look', async () => {
    const before = await log.count();
    await december('mia');
    const records = [];
    for await (const { record } of log.read()) records.push(record);
    expect(records.slice(before)).toMatchObject([{ route: 'log-review.read', act: 'LIST', persons: [TOLVAN] }]);
  });
});
