import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { id as idArgument, instant as instantArgument } from '../../src/cli/arguments.js';
import { BODY_BOUNDS } from '../../src/kernel/http/json-body.js';
import { MAX_DEPTH } from '../../src/kernel/json-text.js';
import {
  id as inHistory,
  instant as instantInHistory,
  text as textInHistory,
} from '../../src/kernel/event-sourcing/field-schemas.js';
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

describe('an instant', () => {
  const IS = [
    '2026-11-20T08:00:00Z',
    '2026-11-20T08:00Z',
    '2026-11-20T08:00:00.123456789012Z',
    '2026-11-20T00:00:00Z',
    '2024-02-29T23:59:59.999Z',
  ];
  const IS_NOT = [
    '2026-11-20T24:00:00Z',
    '2026-11-20T23:59:60Z',
    '2026-02-30T08:00:00Z',
    '2026-11-20T08:00:00+01:00',
    '2026-11-20T08:00:00',
    '2026-11-20',
    '2026-11-20T08:60:00Z',
    '2026-11-20t08:00:00z',
    '2026-11-20T08Z',
    ' 2026-11-20T08:00:00Z',
    '2026-11-20T08:00:00Z\n',
    '',
  ];
  const onCommandLine = (text: string): boolean => {
    try {
      return instantArgument(text) === text;
    } catch {
      return false;
    }
  };

  it.each([...IS.map((text) => [text, true] as const), ...IS_NOT.map((text) => [text, false] as const)])(
    '%j is one: %s, for histories, the command line, queries and bodies',
    async (text, is) => {
      expect([instantInHistory.safeParse(text).success, onCommandLine(text)]).toEqual([is, is]);
      expect(
        (await server.get(`/recipients/${scene.recipient}/timeline?knownAt=${encodeURIComponent(text)}`)).status,
      ).toBe(is ? 200 : 400);
      const documented = await server.post('/units?dryRun=true', aUnit({ documentedAt: text }));
      expect([documented.status, documented.body.errors?.map(({ path }) => path)]).toEqual(
        is ? [200, undefined] : [400, ['documentedAt']],
      );
    },
  );
});

describe('a text', () => {
  const CONTROLS = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(
    (char) => /\p{Cc}/u.test(char) && char !== '\t' && char !== '\n',
  );
  const INVISIBLE = [
    '',
    ' \t\n',
    '\u00a0\u2003',
    '\u200b',
    '\u2800',
    '\u3164',
    '\u180e',
    '\u00ad\u2060\ufeff',
    '\u115f\uffa0',
    '\u{e0020}',
    '\ufe0f',
    '\u2028',
  ];
  const TEXTS = ['Ä', 'rad ett\nrad två\tmed tabb', 'Per\u00adsson', '\u{1f31e}', 'a\u200bb', '-'];

  /** Whether a name is taken from a history, in a field, in a list, and in the right data of a correction. */
  async function taken(text: string): Promise<readonly boolean[]> {
    const units = [aUnit({ name: text }), aUnit({ lateReason: text })].map((body) =>
      server.post('/units?dryRun=true', body),
    );
    const criteria = server.onCurrent(`/care-episodes/${scene.episode}`, '/unnecessity-assessments?dryRun=true', {
      criteria: ['larm', text],
      reason: 'x',
    });
    return [
      textInHistory.safeParse(text).success,
      ...(await Promise.all([...units, criteria])).map(({ status }) => status === 200),
    ];
  }

  it.each([...TEXTS.map((text) => [text, true] as const), ...INVISIBLE.map((text) => [text, false] as const)])(
    '%j is one: %s, at every door',
    async (text, is) => {
      expect(await taken(text)).toEqual([is, is, is, is]);
    },
  );

  it('has no control characters but tab and line feed', async () => {
    expect(CONTROLS).toHaveLength(63);
    for (const char of CONTROLS) expect([char, await taken(`a${char}b`)]).toEqual([char, [false, false, false, false]]);
    expect((await server.post('/units', aUnit({ name: 'a\u001b[8mb' }))).body.errors).toEqual([
      { path: 'name', message: 'innehåller styrtecken' },
    ]);
  });
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

  const objectOf = (members: number): string =>
    `{${Array.from({ length: members }, (_, at) => `"m${at}":${at}`).join(',')}}`;

  it.each([
    ['members of an object', BODY_BOUNDS.members, (count: number) => objectOf(count)],
    ['members of an object inside', BODY_BOUNDS.members, (count: number) => `{"data":[[${objectOf(count)}]]}`],
    ['items of a list', BODY_BOUNDS.items, (count: number) => `{"data":[${'0,'.repeat(count - 1)}0]}`],
    [
      'members and items',
      BODY_BOUNDS.total,
      (count: number) =>
        `{"data":[${Array.from({ length: 11 }, (_, at) => `[${'0,'.repeat(at < 10 ? 899 : count - 9_013)}0]`).join(',')}]}`,
    ],
  ])('with as many %s as there may be (%i) is looked at, and with more it is not', async (_, most, body) => {
    for (const path of ['/units', '/recipients/search', '/entries/10000000-0000-4000-8000-000000000001/correction']) {
      expect((await refused(() => server.post(path, body(most))))[1]).not.toBe('BODY_TOO_WIDE');
      expect(await refused(() => server.post(path, body(most + 1)))).toEqual([400, 'BODY_TOO_WIDE']);
    }
  });

  it.each([
    ['at the top', { name: 'Syd' }, '"name":"Syd"', '"name":"Norr","name":"Syd"', 'name'],
    ['escaped', { name: 'Syd' }, '"name":"Syd"', '"n\\u0061me":"Norr","name":"Syd"', 'name'],
    ['of the same value', { name: 'Syd' }, '"name":"Syd"', '"name":"Syd","name":"Syd"', 'name'],
    ['inside', { name: 'Syd', more: [0, { kind: 'X' }] }, '"kind":"X"', '"kind":"X","kind":"X"', 'more[1].kind'],
    [
      'that is not known, and could be what somebody wrote',
      { name: 'Syd' },
      '"name":"Syd"',
      '"Anna Ek":1,"Anna Ek":2',
      '?',
    ],
  ])('with a member twice %s is refused at the place where it stands again', async (_, more, once, twice, path) => {
    const text = JSON.stringify(aUnit(more)).replace(once, twice);
    for (const to of ['/units', '/recipients/search']) {
      const before = await server.register.store.count();
      const { status, body } = await server.post(to, text);
      expect([status, body.code, body.errors]).toEqual([
        400,
        'DUPLICATE_MEMBER',
        [{ path, message: 'anges mer än en gång' }],
      ]);
      expect(await server.register.store.count()).toBe(before);
    }
  });

  it.each(['null', '0', '"x"', '[]', 'true'])('of %s is told in Swedish to be no object', async (body) => {
    for (const path of [`/units/${scene.unit}/closure`, '/units', '/recipients/search']) {
      const answer = await server.post(path, body, { ifMatch: await server.etag(`/units/${scene.unit}`) });
      expect([answer.status, answer.body]).toEqual([
        400,
        expect.objectContaining({
          code: 'VALIDATION_FAILED',
          detail: 'Innehållet ska vara ett JSON-objekt.',
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

describe('a name that every object has', () => {
  const NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then', 'toJSON'];
  /** With the name's own spelling, also where a literal would set the prototype. */
  const named = (name: string, value: unknown): object =>
    JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as object;
  const withField = (object: object, name: string, value: unknown): string =>
    JSON.stringify(object).replace(/}$/, `,${JSON.stringify(named(name, value)).slice(1)}`);

  let entry: string;
  beforeAll(async () => {
    entry = (await server.record(`/units/${scene.unit}`, '/managers', { staff: scene.anna, effectiveOn: '2026-11-20' }))
      .body.eventId;
  });

  it.each(NAMES)('is as unknown as any other, as a field (%s)', async (name) => {
    // These two are refused before, since they are what changes prototypes.
    const codes = name === '__proto__' ? ['MALFORMED_REQUEST'] : ['VALIDATION_FAILED'];
    const identity = { type: 'RESERVE', value: 'A1' };
    const person = { controller: scene.controller, identity, name: 'Ada Ek', protection: 'NONE' };
    for (const value of ['x', 0, null, {}, ['x']]) {
      for (const [path, body] of [
        ['/recipients?dryRun=true', withField(person, name, value)],
        [
          '/recipients?dryRun=true',
          JSON.stringify(person).replace(JSON.stringify(identity), withField(identity, name, value)),
        ],
        ['/recipients', withField(person, name, value)],
        ['/recipients/search', withField({ identity }, name, value)],
        [
          '/recipients/search',
          JSON.stringify({ identity }).replace(JSON.stringify(identity), withField(identity, name, value)),
        ],
        [`/entries/${entry}/correction`, `{"reason":"x","data":${withField({ staff: scene.anna }, name, value)}}`],
      ] as const) {
        const [status, code] = await refused(async () =>
          server.post(path, body, path.startsWith('/entries') ? { ifMatch: '*' } : {}),
        );
        expect([path, status, codes]).toEqual([path, 400, expect.arrayContaining([code])]);
      }
    }
  });

  it.each(NAMES)('is as unknown as any other, as a parameter (%s)', async (name) => {
    for (const path of [
      `/recipients/${scene.recipient}/timeline`,
      `/units?controller=${scene.controller}&`,
      `/reports/supervision?controller=${scene.controller}&`,
    ]) {
      for (const value of ['', '=', '=1', `=1&${name}=2`]) {
        const { status, body } = await server.get(`${path}${path.includes('?') ? '' : '?'}${name}${value}`);
        expect([status, body.code, body.errors.map((error) => error.message)]).toEqual([
          400,
          'VALIDATION_FAILED',
          ['fältet är okänt här'],
        ]);
      }
    }
    expect(await refused(() => server.post(`/units?${name}=1`, aUnit()))).toEqual([400, 'VALIDATION_FAILED']);
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
