import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openRegister, type Register } from '../../src/app/register.js';
import { eventCatalogue } from '../../src/facts/event-catalogue.js';
import { Problem } from '../../src/kernel/http/problem.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { StepRecorder } from '../../src/recording/step-recorder.js';
import type { StepBody } from '../../src/recording/step-body.js';
import { recipientSteps } from '../../src/steps/recipients/steps.js';
import type { StoreConfig } from '../../src/stores/open-stores.js';
import { createMasterKey } from '../../src/kernel/privacy/file-master-key.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';

const registerRecipient = recipientSteps.find(({ name }) => name === 'RegisterRecipient')!;

jest.setTimeout(600_000);

const PAIRS = 1_000;
const CONTROLLER = '0f000000-0000-4000-8000-000000000001';

/** Registers under a reserve number, and in every other pair under a personnummer that each node writes in its own way. */
function body(pair: number, node: number): StepBody {
  const number = `19${String(40 + (pair % 50))}0101${String(1_000 + pair).slice(1)}`;
  const digit = checkDigit(number.slice(2));
  const written = node === 0 ? `${number}${digit}` : `${number.slice(2, 8)}-${number.slice(8)}${digit}`;
  const identity =
    pair % 2 === 0
      ? { type: 'RESERVE', value: node === 0 ? `R-${pair}` : `r – ${pair}` }
      : { type: 'PERSONNUMMER', value: written };
  return { controller: CONTROLLER, identity, name: `Person ${pair}`, protection: 'NONE' } as StepBody;
}

function checkDigit(nine: string): number {
  const sum = [...nine].reduce((all, digit, at) => {
    const product = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + Math.floor(product / 10) + (product % 10);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

describe.each([{ keys: 'sqlite' as const }, { keys: 'mongodb' as const }])(
  'a number that is registered on two nodes at once, with keys on $keys',
  ({ keys }) => {
    let folder: string;
    let mongodb: FakeMongoDB | undefined;
    const nodes: Register[] = [];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'fok-pairs-'));
      let config: StoreConfig = { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' };
      if (keys === 'mongodb') {
        mongodb = await FakeMongoDB.start('replica set');
        const masterKeyFile = join(folder, 'master.key');
        createMasterKey(masterKeyFile);
        config = { ...config, keyStore: 'mongodb', keysMongodbUrl: `${mongodb.url}/fok-keys`, masterKeyFile };
      }
      const clock = new FixedClock('2026-11-22T08:00:00.000Z');
      for (const _ of [1, 2]) nodes.push(await openRegister(config, { clock, judge: (local) => local }));
      const actor = { id: 'a', role: 'UNIT_MANAGER' };
      const stream = `controller-${CONTROLLER}`;
      const header = { id: randomUUID(), type: 'ControllerRegistered', stream, effectiveOn: '2022-01-01', actor };
      const data = { name: 'Provkommun', kind: 'MUNICIPAL', orgNumber: '212000-2395' };
      await nodes[0]!.log.append(stream, 'NO_STREAM', [
        { ...header, subject: CONTROLLER, controller: CONTROLLER, data },
      ]);
    });
    afterAll(async () => {
      for (const node of nodes.splice(0)) await node.close();
      await mongodb?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it(`is registered once, for each of ${PAIRS}, and the other is told by whom`, async () => {
      const recorders = nodes.map((register) => new StepRecorder(register, eventCatalogue, randomUUID));
      const context = { actor: { id: 'a', role: 'UNIT_MANAGER' }, correlationId: randomUUID() };
      const register = async (pair: number, node: number): Promise<string> => {
        const request = { context, params: {}, body: body(pair, node), dryRun: false };
        const result = await recorders[node]!.record(registerRecipient, request).catch((error: unknown) => error);
        // Whoever is told that it takes too long tries again, as any caller does.
        if (result instanceof Problem && result.type.code === 'OVERLOADED') return register(pair, node);
        if (result instanceof Problem) return `${result.type.code} ${String(result.occurrence.members?.['recipient'])}`;
        if (result instanceof Error) throw result;
        return (result as { answer: { id: string } }).answer.id;
      };
      const started = performance.now();
      const pairs: string[][] = [];
      for (let from = 0; from < PAIRS; from += 100) {
        const some = Array.from({ length: 100 }, (_, at) => from + at);
        pairs.push(
          ...(await Promise.all(
            some.map((pair) =>
              Promise.all([register(pair, pair % 3 === 0 ? 1 : 0), register(pair, pair % 3 === 0 ? 0 : 1)]),
            ),
          )),
        );
      }
      process.stderr.write(`${PAIRS} pairs, keys on ${keys}: ${Math.round(performance.now() - started)} ms\n`);
      for (const [one = '', other = ''] of pairs) {
        const [registered = '', refused] = one.startsWith('ALREADY') ? [other, one] : [one, other];
        expect(refused).toBe(`ALREADY_REGISTERED ${registered}`);
      }
      const page = await nodes[1]!.log.readPage(0n, 10 * PAIRS);
      expect(page.events.filter(({ type }) => type === 'RecipientRegistered')).toHaveLength(PAIRS);
    });
  },
);
