import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { runVerb } from '../support/cli-in-process.js';
import { Program } from '../support/program.js';
import { answerOf } from '../support/verb.js';
import type { Caller } from './http-client.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
/** The lines of the example. */
const BEGUN_WITH = 86;

/** The controller of the example, whose units the callers open. */
export const CONTROLLER = 'c0000000-0000-4000-8000-000000000001';

export type Settings = Readonly<Record<string, string>>;

export interface Served {
  readonly server: Program;
  readonly url: string;
}

const started = new Set<Program>();

/** Kills what a test that failed left running. */
export async function killLeft(): Promise<void> {
  await Promise.all([...started].map((server) => server.kill()));
  started.clear();
}

/** Makes a register that holds the example. */
export async function begin(data: string, settings: Settings = {}): Promise<void> {
  const { code, stderr } = await runVerb(['--data', data, 'import', EXAMPLE], settings);
  if (code !== 0) throw new Error(stderr);
}

/** Starts the server of a register in a process of its own. */
export async function serve(data: string, settings: Settings = {}): Promise<Served> {
  const server = new Program('main', [], {
    environment: { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'silent', ...settings },
  });
  started.add(server);
  void server.ended.then(() => started.delete(server));
  const [, url = ''] = await server.says(/Listening on (http:\S+?)\/? /);
  return { server, url };
}

/** Runs `fok check` on a register, which must be whole. */
export async function mustBeWhole(
  data: string,
  extent: readonly string[] = ['--all'],
  settings: Settings = {},
): Promise<unknown> {
  const report = await answerOf(['--data', data, 'check', ...extent], { environment: settings });
  expect(report).toMatchObject({ ok: true, findings: [] });
  return report;
}

/**
 * Every unit that was asked for is in the log once, no other is, whoever asks again is told the same, and the register
 * is whole.
 */
export async function allOnce(data: string, caller: Caller): Promise<void> {
  const { server, url } = await serve(data);
  await caller.sendAgain(url);
  await server.stop();
  const store = await SqliteEventStore.open({ path: join(data, 'events.sqlite'), readOnly: true });
  const records = await store.readLog({ limit: 1_000_000 });
  await store.close();
  const opened = records
    .slice(BEGUN_WITH)
    .filter(({ type }) => type === 'UnitOpened')
    .map(({ stream }) => stream.slice('unit-'.length));
  expect(opened.sort()).toEqual([...caller.acknowledged.values()].sort());
  expect(await mustBeWhole(data)).toMatchObject({ log: { checked: records.length } });
}
