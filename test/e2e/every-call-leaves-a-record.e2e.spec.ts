import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessRecord, Shown } from '../../src/access-log/access-record.js';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import type { RecordedEvent } from '../../src/kernel/event-sourcing/envelope.js';
import type { HandledRoute } from '../../src/kernel/http/declared-routes.js';
import { importHistory } from '../../src/import/import-history.js';
import { PAGES } from '../../src/pages/pages-beside.js';
import { all } from '../access-log/samples.js';
import { MANAGER, MEMORY, TestServer } from './commands.harness.js';

/**
 * Every operation of the API's description is called over a register with all kinds of facts, and what it is answered
 * with is held against its record: by looking for every person's id and every sealed text there is, wherever they stand.
 */
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
}

const { paths } = JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** Answers about the program itself: nobody's data can be in them, and nothing is written down. */
const ABOUT_THE_PROGRAM = /^\/api\/v1\/(problems|codes|rules|me|access\/policy)\b/;

let server: TestServer;
let folder: string;
const log = new MemoryAccessLog();
let events: RecordedEvent[];
let persons: Set<string>;
/** What is sealed, by what of a person it is. */
const sealed: { readonly text: string; readonly kind: Shown; readonly whose: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fok-access-'));
  server = await TestServer.start({ config: MEMORY, accessLog: log });
  const { register } = server;
  for (const name of ['three-recipients', 'the-whole-routine']) {
    const file = `examples/${name}.ndjson`;
    await importHistory(register, { file, source: name, dryRun: false, rejectFile: join(folder, 'rejects') });
  }
  const inspected = await server.post('/inspections', {
    authority: 'IVO',
    caseNumber: '3.5.1-1/2026',
    controller: (await register.index.streams('controller', { limit: 1 }))[0],
    validTo: '2026-12-31',
    effectiveOn: '2026-11-20',
  });
  if (inspected.status !== 201) throw new Error(`no inspection: ${JSON.stringify(inspected.body)}`);
  const head = String(await register.head());
  const checkpoint = { size: Number(head), root: 'ab'.repeat(32), lastPosition: head, at: '2024-06-01T10:00:00.000Z' };
  register.evidence.show(
    () => ({ signs: true, sealed: checkpoint.size, witnesses: [] }),
    () => [checkpoint],
  );
  await register.runner.drain();
  events = [...(await register.log.readPage(0n, 10_000)).events];
  persons = new Set(events.flatMap(({ stream }) => (stream.startsWith('recipient-') ? [stream.slice(10)] : [])));
  const opened = await register.log.open(events);
  opened.forEach((event, index) => collectSealed(events[index]!.data, event.data, [], event.stream));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function collectSealed(closed: unknown, open: unknown, path: readonly string[], whose: string): void {
  if (typeof open === 'object' && open !== null)
    for (const [name, member] of Object.entries(open)) {
      const inside = typeof closed === 'object' && closed !== null ? Reflect.get(closed, name) : undefined;
      collectSealed(inside, member, [...path, name], whose);
    }
  else if (typeof open === 'string' && open !== closed && open.length > 3) {
    const last = path.at(-1) ?? '';
    const isOfIdentity = path.includes('identity') || last === 'birthDate';
    const kind = isOfIdentity ? 'IDENTITY' : last === 'name' || last === 'person' ? 'NAME' : 'FREE_TEXT';
    sealed.push({ text: open, kind, whose });
  }
}

function streamOf(category: string): string {
  const { stream } = events.find((event) => event.stream.startsWith(`${category}-`))!;
  return stream.slice(category.length + 1);
}

/** A thing of the kind that a path is about. */
function idFor(path: string, name: string): string {
  if (name === 'event') return events.find(({ type }) => type === 'PlanAgreed')!.id;
  if (name === 'code') return 'NOT_FOUND';
  if (name === 'name') return 'index';
  const [, , , resource = ''] = path.split('/');
  const category = {
    'care-episodes': 'careEpisode',
    recipients: 'recipient',
    units: 'unit',
    staff: 'staff',
    inspections: 'inspection',
  }[resource];
  return category !== undefined && name === 'id' ? streamOf(category) : streamOf('controller');
}

const QUERY: Readonly<Record<string, () => string>> = {
  controller: () => streamOf('controller'),
  figure: () => 'population',
  recipient: () => streamOf('recipient'),
  on: () => '2026-01-15',
  from: () => '2024-01-01',
  to: () => String(events.find(({ stream }) => stream === `recipient-${streamOf('recipient')}`)!.position),
};

async function call(
  method: string,
  path: string,
  { parameters = [] }: Operation,
): Promise<{ status: number; text: string }> {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idFor(path, name));
  const isReport = path.includes('/reports/');
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name }) => `${name}=${isReport && name === 'to' ? '2024-06-01' : QUERY[name]!()}`);
  if (path.endsWith('/due')) query.push('from=2024-01-01', 'to=2027-01-01');
  const body = path.endsWith('/search')
    ? { name: sealed.find(({ kind, whose }) => kind === 'NAME' && whose.startsWith('recipient-'))!.text.split(' ')[0] }
    : {};
  const answer = await fetch(`${server.url}${address}${query.length > 0 ? `?${query.join('&')}` : ''}`, {
    method,
    headers: { ...MANAGER, 'If-Match': '*', 'Content-Type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** The persons whose ids stand in an answer, and whom its address means. */
async function personsOf(text: string, path: string): Promise<Set<string>> {
  const found = new Set([...persons].filter((id) => text.includes(id)));
  if (path.startsWith('/api/v1/recipients/{id}')) found.add(streamOf('recipient'));
  if (path.startsWith('/api/v1/staff/{id}')) found.add(streamOf('staff'));
  const episode = path.startsWith('/api/v1/entries/')
    ? events.find(({ id }) => id === idFor(path, 'event'))!.stream
    : path.startsWith('/api/v1/care-episodes/{id}')
      ? `careEpisode-${streamOf('careEpisode')}`
      : undefined;
  if (episode !== undefined) found.add(String(events.find(({ stream }) => stream === episode)!.data['recipient']));
  return found;
}

describe.each(operations)('$method $path', ({ method, path, operation }) => {
  it('leaves one record, of the right persons and of what it shows', async () => {
    const before = await log.count();
    const { status, text } = await call(method, path, operation);
    // Where nobody signs in nobody is told who she is.
    if (method === 'GET' && !path.endsWith('/me')) expect([status, text]).toEqual([200, expect.anything()]);
    const records = (await all(log.read())).slice(before).map(({ record }) => record);
    const wanted = await personsOf(text, path);
    if (ABOUT_THE_PROGRAM.test(path)) {
      expect([records, wanted.size]).toEqual([[], 0]);
      return;
    }
    expect(records).toHaveLength(1);
    const [record] = records as [AccessRecord];
    expect(new Set(record.persons)).toEqual(wanted);
    expect(record.count).toBe(wanted.size);
    expect(record.who).toMatchObject({ kind: 'ACTOR', id: MANAGER['X-Actor-Id'], role: MANAGER['X-Actor-Role'] });
    const writes = method === 'POST' && !/\/(search|break-glass|reproductions)$/.test(path);
    expect(record.act === 'WRITE').toBe(writes);
    const shown = new Set(sealed.filter(({ text: secret }) => text.includes(secret)).map(({ kind }) => kind));
    for (const kind of shown) expect([kind, record.shown]).toEqual([kind, expect.arrayContaining([kind])]);
    if (status >= 400) expect(record.refused).toMatch(/^[A-Z_]+$/);
  });
});

it('nothing of what is sealed stands in the log', async () => {
  const bytes = (await all(log.read())).map(({ bytes: each }) => Buffer.from(each).toString('utf8')).join('\n');
  for (const { text } of sealed) expect(bytes.includes(text)).toBe(false);
  expect(sealed.length).toBeGreaterThan(50);
});

/** What the address of a page names, by what the page is about. */
const ABOUT: Readonly<Record<string, () => string>> = {
  recipient: () => streamOf('recipient'),
  'care-episode': () => streamOf('careEpisode'),
  unit: () => streamOf('unit'),
  staff: () => streamOf('staff'),
  controller: () => streamOf('controller'),
  inspection: () => streamOf('inspection'),
};
const NOTHING = '00000009-0000-4000-8000-000000000009';

describe('every page', () => {
  const agreed = () => events.find(({ type }) => type === 'PlanAgreed')!;

  function addressOf({ path, access }: HandledRoute): string {
    const address = path
      .replace(':id', ABOUT[access?.about ?? '']?.() ?? NOTHING)
      .replace(':event', agreed().id)
      .replace(':figure', 'population')
      .replaceAll(/:\w+/g, NOTHING);
    const first = events.find(({ stream }) => stream === `recipient-${streamOf('recipient')}`)!;
    const query = path.endsWith('steg-for-steg') ? `plats=${first.position}` : 'dag=2024-06-01';
    return `/${address}?${query}`;
  }

  /** Whom an address means, whatever the page shows. */
  function meant({ path, access }: HandledRoute): string[] {
    const ofEpisode = (stream: string) => String(events.find((event) => event.stream === stream)!.data['recipient']);
    if (path.includes(':event') && access?.about === 'entry') return [ofEpisode(agreed().stream)];
    if (!path.includes(':id')) return [];
    if (access?.about === 'care-episode') return [ofEpisode(`careEpisode-${streamOf('careEpisode')}`)];
    return access?.about === 'recipient' || access?.about === 'staff' ? [ABOUT[access.about]!()] : [];
  }

  it('leaves one record, of all whom it shows and of nobody else', async () => {
    const beginnings = new Set(PAGES.routes.map((route) => route.split('/')[0]));
    const pages = server.routes.filter(({ path }) => beginnings.has(path.split('/')[0]));
    expect(pages.length).toBeGreaterThan(100);
    const names = sealed.filter(({ kind, whose }) => kind === 'NAME' && whose.startsWith('recipient-'));
    for (const page of pages) {
      const before = await log.count();
      const answer = await fetch(`${server.url}${addressOf(page)}`, {
        method: page.method,
        redirect: 'manual',
        headers: { ...MANAGER, accept: 'text/html' },
        ...(page.method === 'POST' ? { body: new URLSearchParams({ sok: names[0]!.text, gor: 'visa' }) } : {}),
      });
      const text = await answer.text();
      const records = (await all(log.read())).slice(before).map(({ record }) => record);
      const said = `${page.method} ${page.path} ${answer.status}`;
      const wanted = new Set([...meant(page), ...[...persons].filter((id) => text.includes(id))]);
      if (page.access?.act === 'NONE') {
        expect([said, records, wanted.size]).toEqual([said, [], 0]);
        continue;
      }
      expect([said, records.map((record) => new Set(record.persons))]).toEqual([said, [wanted]]);
      const [record] = records as [AccessRecord];
      expect(record.who).toMatchObject({ kind: 'ACTOR', id: MANAGER['X-Actor-Id'] });
      for (const { text: name, whose } of names)
        if (text.includes(name))
          expect([said, record.persons]).toEqual([said, expect.arrayContaining([whose.slice(10)])]);
      const shown = new Set(sealed.filter(({ text: secret }) => text.includes(secret)).map(({ kind }) => kind));
      for (const kind of shown)
        expect([said, kind, record.shown]).toEqual([said, kind, expect.arrayContaining([kind])]);
    }
  }, 120_000);
});
