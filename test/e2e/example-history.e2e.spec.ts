import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { importedEventId } from '../../src/import/event-ids.js';
import { runVerb } from '../support/cli-in-process.js';
import { inServerOrder } from '../support/server-order.js';

jest.setTimeout(240_000);

const history = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const expectedFolder = new URL('../../examples/expected/', import.meta.url);

const PEOPLE = {
  anna: '10000000-0000-4000-8000-000000000001',
  bertil: '10000000-0000-4000-8000-000000000002',
  cecilia: '10000000-0000-4000-8000-000000000003',
};
const REPORTED_DAYS = [
  '2022-06-30',
  '2022-10-20',
  '2023-07-01',
  '2023-11-03',
  '2024-02-01',
  '2024-07-01',
  '2024-11-08',
  '2025-06-30',
];

/** What depends on when and where the history was imported; everything else is the same in every register. */
const OF_THIS_REGISTER = new Set([
  'recordedAt',
  'position',
  'knownAt',
  'registerSince',
  'generatedAt',
  'register',
  'leaf',
]);

/** The ids of the events, by which the refs of their lines stand in the expected answers: those can be read. */
const refs = new Map(
  readFileSync(history, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { ref: string }).ref)
    .map((ref) => [importedEventId('import', ref), ref]),
);

let data: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'fok-example-'));
  expect((await answer('import', history)).imported).toBe(86);
});

afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('the example history, imported and asked', () => {
  it.each(Object.entries(PEOPLE))('tells the timeline of %s', async (name, recipient) => {
    expect(inServerOrder(await answer('timeline', recipient, '--as-of', '2025-06-30'))).toEqual(
      inServerOrder(expected(`timeline-${name}`) as Record<string, unknown>),
    );
  });

  it.each(Object.entries(PEOPLE))('judges %s over all time', async (name, recipient) => {
    expect(await answer('compliance', recipient, '--segments')).toEqual(expected(`compliance-${name}`));
  });

  it.each(REPORTED_DAYS)('reports on %s', async (on) => {
    expect(await answer('report', '--on', on)).toEqual(expected(`report-${on}`));
  });

  it('gives an event the same id in every register', () => {
    expect([...refs][0]).toEqual(['68b4e78a-864d-55d1-b785-7716b8426280', 'municipality']);
  });

  it('has no expected answer that nobody asks for', () => {
    const asked = [
      ...Object.keys(PEOPLE).flatMap((name) => [`timeline-${name}`, `compliance-${name}`]),
      ...REPORTED_DAYS.map((on) => `report-${on}`),
    ];
    expect(
      readdirSync(expectedFolder)
        .filter((file) => file.endsWith('.json'))
        .sort(),
    ).toEqual(asked.map((name) => `${name}.json`).sort());
  });
});

/** What a verb answers as JSON, with refs for event ids and without what depends on this register. */
async function answer(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runVerb(['--data', data, ...args, '--format', 'json']);
  if (code !== 0) throw new Error(stderr);
  const kept = (key: string, value: unknown): unknown =>
    OF_THIS_REGISTER.has(key) ? undefined : typeof value === 'string' ? (refs.get(value) ?? value) : value;
  return JSON.parse(stdout, kept) as Record<string, unknown>;
}

function expected(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, expectedFolder), 'utf8'));
}
