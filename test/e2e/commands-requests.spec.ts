import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { id as idArgument } from '../../src/cli/arguments.js';
import { MAX_DEPTH } from '../../src/kernel/nesting.js';
import { id as inHistory } from '../../src/kernel/event-sourcing/field-schemas.js';
import { isId } from '../../src/kernel/id-form.js';
import { type Answer, MANAGER, mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';
import { sendRaw } from './raw-http.js';

let server: TestServer;
let scene: Scene;

beforeAll(async () => {
  server = await TestServer.start();
  scene = await setTheScene(server);
});
afterAll(() => server.close());

/** What is answered to bytes as a body, and the events that it brought. */
async function sendBytes(
  path: string,
  bytes: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; code: string; recorded: number; answer: Headers }> {
  const before = await server.register.store.count();
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...MANAGER, 'Content-Type': 'application/json', ...headers },
    body: new Uint8Array(bytes),
  });
  const { code } = (await answer.json()) as { readonly code: string };
  return {
    status: answer.status,
    code,
    recorded: (await server.register.store.count()) - before,
    answer: answer.headers,
  };
}

/** The answer to what must not be recorded. */
async function refused(send: () => Promise<Answer>): Promise<readonly [status: number, code: string]> {
  const before = await server.register.store.count();
  const { status, body } = await send();
  expect(await server.register.store.count()).toBe(before);
  return [status, body.code];
}

const aUnit = (more: object = {}): object => ({ controller: scene.controller, name: 'Syd', careForms: [], ...more });

describe('an id', () => {
  // Neither its version nor its variant is one of RFC 9562: a history's ids are its own.
  const OWN = 'c0000000-0000-0000-0000-00000000000a';

  beforeAll(async () => {
    await server.open('/controllers', {
      id: OWN.toUpperCase(),
      name: 'Ö kommun',
      kind: 'MUNICIPAL',
      orgNumber: '212000-2395',
      municipalityCode: '2260',
      effectiveOn: '2026-11-20',
    });
    await server.open('/units', {
      id: OWN,
      controller: OWN.toUpperCase(),
      name: 'Norr',
      careForms: [],
      effectiveOn: '2026-11-20',
    });
  });

  it.each([OWN, OWN.toUpperCase()])(
    '%s is one in every address, query and body, and kept in lower case',
    async (given) => {
      mustBe(200, await server.get(`/units/${given}`));
      mustBe(200, await server.get(`/controllers/${given}`));
      expect(mustBe(200, await server.get(`/units?controller=${given}`)).body).toMatchObject({
        units: [{ unit: OWN }],
      });
      mustBe(200, await server.get(`/reports/supervision?controller=${given}&unit=${given}`));
      mustBe(
        200,
        await server.get(`/reports/supervision/series?controller=${given}&unit=${given}&from=2026-10-01&to=2026-11-01`),
      );
      mustBe(
        200,
        await server.get(`/reports/supervision/episodes?figure=population&controller=${given}&unit=${given}`),
      );
      const { body } = mustBe(200, await server.post(`/units/${given}/managers?dryRun=true`, { staff: scene.anna }));
      expect(body).toMatchObject({ events: [{ stream: `unit-${OWN}` }] });
    },
  );

  it('has one form for histories, the command line and HTTP', () => {
    const onCommandLine = (text: string): string | undefined => {
      try {
        return idArgument(text);
      } catch {
        return undefined;
      }
    };
    for (const text of [
      OWN,
      OWN.toUpperCase(),
      scene.unit,
      'c0000000000000000000000000000001',
      `{${OWN}}`,
      `${OWN}0`,
      `${OWN}\n`,
      ` ${OWN}`,
      'g0000000-0000-0000-0000-000000000001',
      '',
    ]) {
      expect([text, inHistory.safeParse(text).data, onCommandLine(text)]).toEqual([
        text,
        ...Array.from({ length: 2 }, () => (isId(text) ? text.toLowerCase() : undefined)),
      ]);
    }
  });

  it.each(['c0000000000000000000000000000001', `{${OWN}}`, `${OWN}0`, 'g0000000-0000-0000-0000-000000000001'])(
    'is not %s',
    async (given) => {
      expect((await server.get(`/units?controller=${encodeURIComponent(given)}`)).body.errors).toEqual([
        { path: 'controller', message: 'ska vara ett UUID' },
      ]);
      expect(await refused(() => server.post('/units', aUnit({ id: given })))).toEqual([400, 'VALIDATION_FAILED']);
    },
  );
});

describe('text that could not be stored as it was sent is refused', () => {
  it('when its bytes are no UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from(`{"controller":"${scene.controller}","careForms":[],"name":"S`),
      Buffer.from([0xff]),
      Buffer.from('d"}'),
    ]);
    expect(await sendBytes('/units', body)).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST', recorded: 0 });
  });

  it.each(['iso-8859-1', '"ISO-8859-1"', 'utf-16'])('when its charset is %s', async (charset) => {
    expect(
      await sendBytes('/units', Buffer.from(JSON.stringify(aUnit())), {
        'Content-Type': `application/json; charset=${charset}`,
      }),
    ).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', recorded: 0 });
  });

  it('when it is compressed', async () => {
    const sent = await sendBytes('/units', Buffer.from(JSON.stringify(aUnit())), { 'Content-Encoding': 'gzip' });
    expect(sent).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', recorded: 0 });
    expect(sent.answer.get('accept-encoding')).toBe('identity');
  });

  it.each([
    { 'Content-Type': 'application/json; charset=UTF-8' },
    { 'Content-Type': 'application/json;charset="utf-8"' },
    { 'Content-Encoding': 'identity' },
  ] as Record<string, string>[])('and taken with %j', async (headers) => {
    expect(await sendBytes('/units', Buffer.from(JSON.stringify(aUnit({ name: 'Ängen' }))), headers)).toMatchObject({
      status: 201,
      recorded: 1,
    });
  });

  it.each([
    ['a field', '/units', { name: 'S\ud800d' }, 'name'],
    ['a list', '/staff', { names: ['a', '\udc00'] }, 'names[1]'],
    ['a part', '/recipients', { identity: { type: 'RESERVE', value: '\ud800' } }, 'identity.value'],
  ])('when %s holds half of a surrogate pair', async (_, path, body, at) => {
    const answer = await server.post(path, body);
    expect(answer.body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: at, message: 'innehåller tecken som inte kan lagras' }],
    });
  });

  it('when the right data of a correction holds half of a surrogate pair', async () => {
    const { body } = await server.record(`/units/${scene.unit}`, '/managers', {
      staff: scene.anna,
      effectiveOn: '2026-11-20',
    });
    const answer = await server.onCurrent(`/entries/${body.eventId}`, '/correction', {
      reason: 'x',
      data: { staff: '\ud800' },
    });
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'data.staff' }] });
  });

  it('and a whole surrogate pair is text', async () => {
    mustBe(201, await server.post('/units', aUnit({ name: 'Solen \u{1f31e}' })));
  });
});

describe('a command with', () => {
  it.each(['dryrun=true', 'foo=1', 'dryRun=yes', 'dryRun=', 'dryRun=true&dryRun=false', 'dryRun=true&foo=1'])(
    'the query %s is refused and not recorded',
    async (query) => {
      const etag = await server.etag(`/care-episodes/${scene.episode}`);
      expect(
        await refused(() =>
          server.post(
            `/care-episodes/${scene.episode}/plan-meetings?${query}`,
            { on: '2026-11-24' },
            { ifMatch: etag },
          ),
        ),
      ).toEqual([400, 'VALIDATION_FAILED']);
    },
  );

  it('dryRun=false is recorded', async () => {
    mustBe(201, await server.post('/units?dryRun=false', aUnit()));
  });
});

describe('a body', () => {
  /** As deep as is said, the object itself counted. */
  const lists = (depth: number): string => `{"name":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  const objects = (depth: number): string => `${'{"data":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;

  it('may be as deep as a line of a history', () => expect(MAX_DEPTH).toBe(32));

  it.each(['/units', '/recipients/search', '/entries/10000000-0000-4000-8000-000000000001/correction'])(
    'to %s is refused for its depth beyond that, however deep it is',
    async (path) => {
      for (const nested of [lists, objects]) {
        expect(await refused(() => server.post(path, nested(MAX_DEPTH)))).not.toEqual([400, 'BODY_TOO_DEEP']);
        for (const depth of [MAX_DEPTH + 1, 4_000, 100_000])
          expect(await refused(() => server.post(path, nested(depth)))).toEqual([400, 'BODY_TOO_DEEP']);
      }
    },
  );

  it.each(['null', '0', '"x"', '[]', 'true'])('of %s is told in Swedish to be no object', async (body) => {
    for (const path of [`/units/${scene.unit}/closure`, '/units', '/recipients/search']) {
      const answer = await server.post(path, body, { ifMatch: await server.etag(`/units/${scene.unit}`) });
      expect([answer.status, answer.body]).toEqual([
        400,
        expect.objectContaining({
          code: 'VALIDATION_FAILED',
          detail: 'Kroppen ska vara ett JSON-objekt.',
          errors: [{ path: '', message: 'ska vara ett objekt' }],
        }),
      ]);
    }
  });

  it.each([
    ['/units', ['controller', 'name', 'careForms']],
    ['/staff', ['controller', 'unit', 'name']],
    ['/recipients', ['controller', 'identity', 'name', 'protection']],
    ['/controllers', ['name', 'kind', 'orgNumber']],
  ])('of {} to %s is told what is missing', async (path, fields) => {
    const { body } = await server.post(path, {});
    expect(Object.fromEntries(body.errors.map((error) => [error.path, error.message]))).toEqual(
      Object.fromEntries(fields.map((field) => [field, 'saknas'])),
    );
  });

  it('is told of the kind of a value before its length', async () => {
    const { body } = await server.post('/units', { controller: null, name: 7, careForms: 'HOME_CARE' });
    expect(body.errors).toEqual([
      { path: 'controller', message: 'ska vara ett UUID' },
      { path: 'name', message: 'ska vara text' },
      { path: 'careForms', message: 'ska vara en lista' },
    ]);
  });
});

describe('a search by a reserve number', () => {
  const found = async (identity: object | string): Promise<unknown> =>
    mustBe(200, await server.post('/recipients/search', { identity })).body['recipients'];
  const registered = (more: object, name: string): Promise<string> =>
    server.open('/recipients', {
      controller: scene.controller,
      identity: { type: 'RESERVE', value: 'TF 0007', ...more },
      name,
      protection: 'NONE',
      effectiveOn: '2026-11-20',
    });
  let ofA: string;
  let ofB: string;
  let ofNobody: string;

  beforeAll(async () => {
    ofA = await registered({ issuer: 'Region Ådalen' }, 'Ada Ek');
    ofB = await registered({ issuer: 'Region B' }, 'Bea Ek');
    ofNobody = await registered({}, 'Cilla Ek');
  });

  const those = (...recipients: string[]): unknown =>
    recipients.sort().map((recipient) => expect.objectContaining({ recipient }));

  it('finds all who have it', async () =>
    expect(await found({ type: 'RESERVE', value: 'TF0007' })).toEqual(those(ofA, ofB, ofNobody)));
  it('of an issuer leaves out who has it of another', async () =>
    expect(await found({ type: 'RESERVE', value: 'TF0007', issuer: ' region ådalen' })).toEqual(those(ofA, ofNobody)));
  it('and by a personnummer with an issuer where none is recorded finds who has it', async () =>
    expect(await found({ type: 'PERSONNUMMER', value: '191212121212', issuer: 'Skatteverket' })).toEqual(
      those(scene.recipient),
    ));

  it.each([{ issuer: '' }, { issuer: 7 }, { issuer: null }, { issuer: 'x'.repeat(101) }, { issued: 'x' }])(
    'is refused with %j',
    async (more) => {
      expect(
        (await server.post('/recipients/search', { identity: { type: 'RESERVE', value: 'TF0007', ...more } })).body
          .code,
      ).toBe('VALIDATION_FAILED');
    },
  );
});

it('a call that does not say Host is answered with a problem document, and one of HTTP/1.0 need not', async () => {
  const answer = await sendRaw(server.url, 'GET /api/v1/rules HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect([answer.status, answer.headers.get('content-type'), answer.body.code]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
    'MALFORMED_REQUEST',
  ]);
  expect((await sendRaw(server.url, 'GET /api/v1/rules HTTP/1.0\r\n\r\n')).status).toBe(200);
});
