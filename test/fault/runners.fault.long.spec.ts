import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { MemoryViewStore } from '../../src/kernel/view-store/memory/memory-view-store.js';
import { dataPaths, openEventStore, openKeyStore, openViewStore } from '../../src/stores/open-stores.js';
import { assembleRegister, type Register } from '../../src/app/register.js';
import { Child } from '../support/child.js';
import { Program } from '../support/program.js';
import { holdings } from '../support/holdings.js';
import { simulated } from '../support/simulated.js';

jest.setTimeout(300_000);

const RECIPIENTS = Number(process.env['RUNNER_RECIPIENTS'] ?? 80);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-runners-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const history = (seed: string): Promise<string> =>
  simulated(join(folder, `${seed}.ndjson`), { recipients: RECIPIENTS, from: '2023-06-01', to: '2024-12-31', seed });

/** The register of a folder, as it lies there; or with views of its own, which nobody else ever wrote. */
async function registerOf(dataDir: string, views: 'THERE' | 'FRESH'): Promise<Register> {
  const config = { dataDir, eventStore: 'sqlite', viewStore: 'sqlite' } as const;
  const store =
    views === 'THERE'
      ? await openEventStore(config)
      : await SqliteEventStore.open({ path: dataPaths(dataDir).events, readOnly: true });
  return assembleRegister({
    store,
    keys: await openKeyStore(config, store),
    views: views === 'THERE' ? await openViewStore(config) : new MemoryViewStore(),
  });
}

async function held(register: Register): Promise<Record<string, unknown>> {
  try {
    await register.runner.drain();
    return (await holdings(register)) as Record<string, unknown>;
  } finally {
    await register.close();
  }
}

describe('several runners at once', () => {
  it('that follow, rebuild and import beside each other, and are killed, leave the rows that one would', async () => {
    const data = join(folder, 'shared');
    const histories = [await history('one'), await history('two'), await history('three')];
    const first = await new Program('cli', ['--data', data, 'import', histories[0] ?? '', '--source', 'one']).ended;
    expect(first).toMatchObject({ code: 0 });
    const runners = [[], ['rebuild'], []].map(
      (args) => new Child(new URL('./runner-child.ts', import.meta.url), [data, ...args]),
    );
    const [follower, rebuilder] = runners as [Child, Child, Child];
    try {
      await Promise.all(runners.map((runner) => runner.printed(1)));
      const importing = ['two', 'three'].map(
        (source, at) =>
          new Program('cli', ['--data', data, 'import', histories[at + 1] ?? '', '--source', source]).ended,
      );
      // One of them dies in the middle of it.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await follower.kill();
      for (const imported of await Promise.all(importing)) expect(imported).toMatchObject({ code: 0 });
      while (!rebuilder.lines.some((line) => line.startsWith('built')))
        await rebuilder.printed(rebuilder.lines.length + 1);
    } finally {
      await Promise.all(runners.map((runner) => runner.kill()));
    }
    expect(runners.flatMap((runner) => runner.lines.filter((line) => /^error|^failed/.test(line)))).toEqual([]);
    const there = await held(await registerOf(data, 'THERE'));
    const fresh = await held(await registerOf(data, 'FRESH'));
    expect(there['index']).toEqual(fresh['index']);
    expect(there['assessments']).toEqual(fresh['assessments']);
  });
});
