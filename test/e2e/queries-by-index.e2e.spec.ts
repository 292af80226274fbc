import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from 'bson';
import { rebuildAssessments, rebuildIndex } from '../../src/judgement/running/rebuild.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';

/** A command that reads or names rows of a view, with what it goes by. */
interface Sent {
  readonly collection: string;
  readonly filter: Document;
  readonly hint: string | undefined;
  readonly limited: boolean;
}

let double: FakeMongoDB;
let server: TestServer;
let scene: Scene;
let sent: Sent[] = [];
/** Every command to a view, `command collection`, in the order in which they came. */
let commands: string[] = [];
/** The fields of each index, by the collection and the index's name. */
const indexes = new Map<string, readonly string[]>();

beforeAll(async () => {
  double = await FakeMongoDB.start('replica set');
  double.fate = (name, command) => {
    const collection = String(command[name]);
    if (!/^(index|assessments)@/.test(collection)) return 'served';
    commands.push(`${name} ${collection}`);
    if (name === 'createIndexes')
      for (const { name: index, key } of command['indexes'] as Document[])
        indexes.set(`${collection} ${String(index)}`, Object.keys(key as Document));
    sent.push(...questionsOf(name, command, collection));
    return 'served';
  };
  server = await TestServer.start({
    config: { dataDir: './unused', eventStore: 'memory', viewStore: 'mongodb', mongodbUrl: `${double.url}/views` },
  });
  scene = await setTheScene(server);
  const offer = await server.record(`/care-episodes/${scene.episode}`, '/offers', { by: scene.anna });
  await server.register.waitFor(BigInt(offer.body.position), 10_000);
  await server.register.runner.drain();
});

afterAll(async () => {
  await server.close();
  await double.stop();
});

function questionsOf(name: string, command: Document, collection: string): Sent[] {
  const limited = Number(command['limit'] ?? 0) > 0;
  if (name === 'find')
    return [
      {
        collection,
        filter: (command['filter'] ?? {}) as Document,
        hint: command['hint'] as string | undefined,
        limited,
      },
    ];
  if (name === 'aggregate')
    return [
      {
        collection,
        filter: (command['pipeline'] as Document[])[0]?.['$match'] as Document,
        hint: command['hint'] as string | undefined,
        limited,
      },
    ];
  const statements = [...((command['deletes'] ?? []) as Document[]), ...((command['updates'] ?? []) as Document[])];
  return statements.map((one) => ({
    collection,
    filter: one['q'] as Document,
    hint: one['hint'] as string | undefined,
    limited,
  }));
}

/** Why a question would make the server read more than it is asked for; undefined when an index serves it. */
function notServed({ collection, filter, hint, limited }: Sent): string | undefined {
  const fields =
    hint === undefined
      ? keyOf(collection)
      : (indexes.get(`${collection} ${hint}`) ?? (hint === '_id_' ? ['_id'] : undefined));
  if (fields === undefined) return `${collection} has no index ${String(hint)}`;
  const alternatives = Array.isArray(filter['$or']) ? (filter['$or'] as Document[]) : [filter];
  const narrowed = alternatives.every((one) =>
    hint === undefined ? fields.every((field) => field in one) : fields[0]! in one,
  );
  return narrowed || limited ? undefined : `${collection} is read whole: ${JSON.stringify(filter)} by ${String(hint)}`;
}

function keyOf(collection: string): readonly string[] {
  return indexes.get(`${collection} key`) ?? ['_id'];
}

const questions: readonly (readonly [string, (scene: Scene) => string])[] = [
  ['units of a controller', ({ controller }) => `/units?controller=${controller}`],
  ['recipients of a unit', ({ unit }) => `/units/${unit}/recipients`],
  ['staff of a unit', ({ unit }) => `/units/${unit}/staff`],
  ['a care episode', ({ episode }) => `/care-episodes/${episode}`],
  ['a recipient', ({ recipient }) => `/recipients/${recipient}`],
  ['an employee', ({ anna }) => `/staff/${anna}`],
  ['a unit', ({ unit }) => `/units/${unit}`],
  ['a timeline', ({ recipient }) => `/recipients/${recipient}/timeline`],
  ['compliance', ({ recipient }) => `/recipients/${recipient}/compliance`],
  ['compliance segments', ({ recipient }) => `/recipients/${recipient}/compliance/segments`],
  ['a unit today', ({ unit }) => `/units/${unit}/current`],
  ['what falls due', ({ unit }) => `/units/${unit}/due?from=2026-11-22&to=2026-12-31`],
  ['load', ({ unit }) => `/units/${unit}/contacts`],
  ['rules', () => '/rules'],
  ['the supervisory report', ({ controller }) => `/reports/supervision?controller=${controller}&on=2026-11-22`],
  [
    'the report of one unit',
    ({ controller, unit }) => `/reports/supervision?controller=${controller}&unit=${unit}&on=2026-11-22`,
  ],
  [
    'the report as known then',
    ({ controller }) => `/reports/supervision?controller=${controller}&on=2026-11-22&knownAt=2026-11-22T08:00:00Z`,
  ],
  [
    'who is behind a figure',
    ({ controller }) => `/reports/supervision/episodes?figure=population&controller=${controller}&on=2026-11-22`,
  ],
  [
    'over time',
    ({ controller }) =>
      `/reports/supervision/series?controller=${controller}&from=2026-10-01&to=2026-12-01&every=MONTH`,
  ],
];

/** What may be answered without asking the views. */
const OF_THE_LOG_ALONE = new Set(['rules', 'a care episode', 'a recipient', 'an employee', 'a unit']);

describe('every question to the views is served by an index of MongoDB', () => {
  it.each(questions)('%s', async (what, path) => {
    sent = [];
    mustBe(200, await server.get(path(scene)));
    if (!OF_THE_LOG_ALONE.has(what)) expect(sent).not.toEqual([]);
    expect(sent.map(notServed).filter((why) => why !== undefined)).toEqual([]);
  });

  it('one step of a history, by its position', async () => {
    const { body } = mustBe(200, await server.get(`/recipients/${scene.recipient}/timeline`));
    const [{ position }] = body['entries'] as [{ readonly position: string }];
    sent = [];
    mustBe(200, await server.get(`/recipients/${scene.recipient}/replay?to=${position}`));
    expect(sent.map(notServed).filter((why) => why !== undefined)).toEqual([]);
  });

  it('also those with which a command is recorded and judged', async () => {
    sent = [];
    const { body } = await server.record(`/care-episodes/${scene.episode}`, '/information', {
      form: 'PHONE',
      items: ['ROLE_CONTENT'],
      attendees: [{ kind: 'RECIPIENT' }],
    });
    await server.register.waitFor(BigInt(body.position), 10_000);
    await server.register.runner.drain();
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.map(notServed).filter((why) => why !== undefined)).toEqual([]);
  });

  it('and those of a rebuild, which inserts into fresh collections and makes what only questions need at the end', async () => {
    const { projection, index, judge, store } = server.register;
    [sent, commands] = [[], []];
    const { version: indexed } = await rebuildIndex(index, { total: await store.count() });
    const toIndex = (name: string) =>
      commands
        .filter((command) => command.startsWith(`${name} index@${indexed}.`))
        .map((command) => command.split('.').at(-1));
    expect(new Set(toIndex('insert'))).toEqual(new Set(['streams', 'things', 'links', 'shared', 'moments']));
    expect(toIndex('update')).toEqual([]);
    await index.followActive();
    const { version } = await rebuildAssessments(projection, index, judge);
    const rows = commands
      .filter((command) => command.endsWith(` assessments@${version}.stretches`))
      .map((command) => command.split(' ')[0]);
    expect(rows).toContain('insert');
    expect(rows).not.toContain('update');
    // The first makes the key that holds the rows apart, the second the index that reports go by.
    expect(rows.filter((name) => name === 'createIndexes').length).toBe(2);
    expect(rows.lastIndexOf('createIndexes')).toBeGreaterThan(rows.lastIndexOf('insert'));
    // What is parked is compared whole, on purpose.
    expect(
      sent
        .filter(({ collection }) => !collection.endsWith('.parked'))
        .map(notServed)
        .filter((why) => why !== undefined),
    ).toEqual([]);
    mustBe(200, await server.get(`/reports/supervision?controller=${scene.controller}&on=2026-11-22`));
  });

  it('and a question that none serves would be seen here', () => {
    const [known] = [...indexes.keys()].map((name) => name.split(' ')[0] ?? '');
    expect(notServed({ collection: known!, filter: {}, hint: '_id_', limited: false })).toContain('is read whole');
    expect(notServed({ collection: known!, filter: { _id: 1 }, hint: 'none', limited: false })).toContain(
      'has no index none',
    );
  });
});
