import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ForgetDependencies,
  type ForgetStep,
  forgetPersons,
  resumeForgetting,
} from '../../../src/audit/forget/forget.js';
import { verifyLog } from '../../../src/audit/verify/verify.js';
import { openDatabase } from '../../../src/kernel/sqlite/sqlite.js';
import { FACTS, SmallRegister, oneByOne, pathsIn } from './small-register.js';

const REGISTERED = FACTS.find(({ type }) => type === 'RecipientRegistered')!;
const EPISODE = FACTS.find(({ type }) => type === 'CareEpisodeStarted')!.stream;
const RECIPIENT = REGISTERED.subject!;
const DECISION = { reason: 'Gallras enligt beslut 14', actor: { id: 'arkivarie-1', role: 'ADMINISTRATOR' } };
/** The number after the change that made the first one secret. */
const NUMBER = { kind: 'identity', value: 'R-77' };
const STEPS: readonly ForgetStep[] = ['FENCED', 'RECORDED', 'DESTROYED', 'DONE'];

/** What is told of the recipient in the sample facts: number, names, free text. */
const SECRETS = [
  '19121212-1212',
  '191212121212',
  'R-77',
  'Tolvan',
  'Tolvansson',
  'Gun God',
  'Åsa Öberg',
  'Har redan hunden',
  'Dusch på tisdagar',
  'Chefen var sjuk',
  'Skrev fel igen',
  'Vill inte',
];

describe('forgetting a recipient', () => {
  let register: SmallRegister;

  beforeEach(async () => {
    register = await SmallRegister.open();
    await register.recorder().appendAll(oneByOne(FACTS));
    await register.notary().seal();
  });
  afterEach(() => register.remove());

  function dependencies(onProgress?: (recipient: string, step: ForgetStep) => void): ForgetDependencies {
    const { keys, clock } = register;
    return { log: register.recorder(), keys, clock, ...(onProgress && { onProgress }) };
  }

  async function everything(): Promise<unknown[]> {
    const log = register.recorder();
    const streams = [...new Set(FACTS.map(({ stream }) => stream))];
    const opened = await Promise.all(streams.map(async (stream) => log.open(await log.readStream(stream))));
    return opened.flat();
  }

  async function expectForgotten(): Promise<void> {
    const log = register.recorder();
    const opened = await log.open([...(await log.readStream(REGISTERED.stream)), ...(await log.readStream(EPISODE))]);
    for (const event of opened.filter(({ sealed }) => sealed !== undefined))
      expect(event).toMatchObject({ seal: 'DESTROYED' });
    expect(opened.filter(({ type }) => type === 'PersonForgotten')).toMatchObject([
      { data: { decision: DECISION.reason }, actor: DECISION.actor, seal: 'CLEAR' },
    ]);
    expect(await register.keys.findByTerm(NUMBER)).toEqual([]);
    expect(await register.keys.unfinishedForgettings()).toEqual([]);
  }

  it('leaves no byte of the key, and what was said never stood in any file', async () => {
    const raw = openDatabase(pathsIn(register.folder).keys, { readOnly: true });
    const { wrapped } = raw.prepare('SELECT wrapped FROM persons WHERE subject = ?').get(RECIPIENT) as {
      wrapped: Uint8Array;
    };
    raw.close();
    const key = (await register.keys.openingKeys([RECIPIENT])).get(RECIPIENT) as Uint8Array;
    expect(await register.keys.findByTerm(NUMBER)).toEqual([RECIPIENT]);
    expect(register.bytes().includes(Buffer.from(wrapped))).toBe(true);

    await forgetPersons([RECIPIENT], DECISION, dependencies());

    const bytes = register.bytes();
    expect(bytes.includes(Buffer.from(wrapped))).toBe(false);
    expect(bytes.includes(Buffer.from(key))).toBe(false);
    for (const secret of SECRETS) {
      for (const form of [secret, secret.toLowerCase()]) expect([form, bytes.includes(form)]).toEqual([form, false]);
    }
    await expectForgotten();
  });

  it('leaves everybody else, the chain and the seals as they were', async () => {
    const stream = FACTS.find((fact) => fact.stream.startsWith('staff-'))!.stream;
    const staff = FACTS.filter((fact) => fact.stream === stream);
    await forgetPersons([RECIPIENT], DECISION, dependencies());
    const log = register.recorder();
    expect((await log.open(await log.readStream(stream))).map(({ seal }) => seal)).toEqual(staff.map(() => 'CLEAR'));
    const report = await verifyLog({
      store: register.store,
      tree: register.tree,
      publicKey: register.signingKey.publicKey,
    });
    expect(report).toMatchObject({ ok: true, sealed: FACTS.length, unsealed: 1 });
  });

  it('keeps what compliance rests on: that a field was given, and every other field', async () => {
    const before = await register.recorder().readStream(EPISODE);
    await forgetPersons([RECIPIENT], DECISION, dependencies());
    expect(await register.recorder().readStream(EPISODE)).toEqual(before);
  });

  it('does not bring the person back when the same history is imported again, or goes on', async () => {
    await forgetPersons([RECIPIENT], DECISION, dependencies());
    const size = await register.store.count();
    const again = await register.recorder().appendAll(oneByOne(FACTS.filter(({ subject }) => subject === RECIPIENT)));
    expect(new Set(again.map((answer) => ('code' in answer ? answer.code : 'recorded')))).toEqual(
      new Set(['PERSON_FORGOTTEN']),
    );
    expect(await register.store.count()).toBe(size);
    await expectForgotten();
  });

  it('forgets nobody when one of the recipients does not exist', async () => {
    await expect(
      forgetPersons([RECIPIENT, '00000000-0000-4000-8000-00000000dead'], DECISION, dependencies()),
    ).rejects.toThrow(RangeError);
    expect(await register.keys.isForgotten(RECIPIENT)).toBe(false);
  });

  it('changes nothing when it is done again', async () => {
    await forgetPersons([RECIPIENT], DECISION, dependencies());
    const [size, all] = [await register.store.count(), await everything()];
    await forgetPersons([RECIPIENT], { ...DECISION, reason: 'en gång till' }, dependencies());
    expect(await register.store.count()).toBe(size);
    expect(await everything()).toEqual(all);
  });

  it.each(STEPS)('is completed at the next start when it was interrupted after %s', async (last) => {
    const crash = new Error('the process ended');
    const until = dependencies((_, step) => {
      if (step === last) throw crash;
    });
    await expect(forgetPersons([RECIPIENT], DECISION, until)).rejects.toBe(crash);

    await register.close();
    register = await SmallRegister.open(register.folder);
    // From the first step on nobody reads or writes about the person, complete or not.
    const log = register.recorder();
    expect((await log.open(await log.readStream(REGISTERED.stream)))[0]).toMatchObject({ seal: 'DESTROYED' });

    expect(await resumeForgetting(dependencies())).toEqual(last === 'DONE' ? [] : [RECIPIENT]);
    await expectForgotten();
    expect(register.bytes().includes('Gallras enligt beslut 14')).toBe(true);
    expect(await resumeForgetting(dependencies())).toEqual([]);
  });
});
