import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identityClaim } from '../../src/facts/search-terms.js';
import { type Answer, type Body, mustBe, TestServer } from './commands.harness.js';

// The serials from 980 to 999 are Skatteverket's test numbers: nobody has one of these numbers.
const BORN_1927 = '192701059806';
const BORN_2027 = '202701059806';
const SECRET = '19280203-9814';

interface Found {
  readonly recipient: string;
  readonly identity: { readonly value: string; readonly canonical?: string };
}

class Office {
  private constructor(
    readonly server: TestServer,
    readonly controller: string,
    readonly unit: string,
  ) {}

  static async begin(now: string): Promise<Office> {
    const server = await TestServer.start();
    server.clock.set(now);
    const controller = await server.open('/controllers', {
      name: 'Ånge kommun',
      kind: 'MUNICIPAL',
      orgNumber: '212000-2395',
    });
    const unit = await server.open('/units', { controller, name: 'Norr', careForms: ['HOME_CARE'] });
    return new Office(server, controller, unit);
  }

  register(value: string, more: object = {}, type = 'PERSONNUMMER'): Promise<Answer> {
    const body = { controller: this.controller, identity: { type, value }, name: 'Test Person', protection: 'NONE' };
    return this.server.post('/recipients', { ...body, ...more });
  }

  async registered(value: string, more: object = {}, type?: string): Promise<string> {
    const { body } = mustBe(201, await this.register(value, more, type));
    await this.server.register.waitFor(BigInt(body.position), 5_000);
    return body.id;
  }

  search(by: object): Promise<Answer> {
    return this.server.post('/recipients/search', by);
  }

  async found(by: object): Promise<string[]> {
    const { body } = mustBe(200, await this.search(by));
    return (body['recipients'] as Found[]).map(({ recipient }) => recipient);
  }
}

const numbered = (value: string, type = 'PERSONNUMMER') => ({ identity: { type, value } });
const errorsOf = ({ body }: { readonly body: Body }) => body.errors.map(({ path, message }) => `${path} ${message}`);

describe('a number of ten digits over the turn of the year in which its person turns a hundred', () => {
  let office: Office;
  let old: string;
  beforeAll(async () => {
    office = await Office.begin('2026-12-30T08:00:00.000Z');
    old = await office.registered('270105-9806', { birthDate: '1927-01-05' });
  });
  afterAll(() => office.server.close());

  const WRITTEN = ['270105-9806', '2701059806', BORN_1927, '19270105-9806', '270105 9806', '270105–9806'];

  it('finds its person before', async () => {
    for (const written of WRITTEN) expect([written, await office.found(numbered(written))]).toEqual([written, [old]]);
  });

  it('finds the same person after, although nothing was recorded in between', async () => {
    office.server.clock.set('2027-01-05T08:00:00.000Z');
    for (const written of [...WRITTEN, '270105+9806']) {
      expect([written, await office.found(numbered(written))]).toEqual([written, [old]]);
    }
    expect(await office.found(numbered(BORN_2027))).toEqual([]);
  });

  it('finds both when a newborn has the same ten, and each by twelve', async () => {
    const newborn = await office.registered(BORN_2027);
    expect(await office.found(numbered('270105-9806'))).toEqual([old, newborn].sort());
    expect(await office.found(numbered('270105+9806'))).toEqual([old]);
    expect(await office.found(numbered(BORN_2027))).toEqual([newborn]);
    expect(await office.found(numbered(BORN_1927))).toEqual([old]);
  });

  it('stays as it was sent, with its twelve digits beside it', async () => {
    const { body } = mustBe(200, await office.server.get(`/recipients/${old}`));
    expect(body['identity']).toEqual({ type: 'PERSONNUMMER', value: '270105-9806', canonical: BORN_1927 });
  });

  it('is corrected to the person who was registered, not to a newborn', async () => {
    const { body } = mustBe(200, await office.server.get(`/recipients/${old}/timeline`));
    const [entry] = body['entries'] as { readonly eventId: string }[];
    const identity = { type: 'PERSONNUMMER', value: '270105-9806' };
    const data = { controller: office.controller, identity, name: 'Rätt Namn', protection: 'NONE' };
    const etag = await office.server.etag(`/recipients/${old}`);
    mustBe(
      201,
      await office.server.post(`/entries/${entry?.eventId}/correction`, { reason: 'Namnet.', data }, { ifMatch: etag }),
    );
    const corrected = mustBe(200, await office.server.get(`/recipients/${old}`));
    expect(corrected.body['identity']).toMatchObject({ canonical: BORN_1927 });
  });
});

describe('a number that became secret', () => {
  it('stays hidden in every year and every spelling', async () => {
    const office = await Office.begin('2027-01-06T08:00:00.000Z');
    const { server } = office;
    const recipient = await office.registered('280203-9814');
    const changed = { ...numbered('193002039836'), formerSecret: true };
    await server.record(`/recipients/${recipient}`, '/identity-changes', changed);
    const episode = await server.open('/care-episodes', {
      recipient,
      unit: office.unit,
      careForm: 'HOME_CARE',
      legalGround: 'SOL_NEEDS_ASSESSED',
      services: ['PERSONAL_CARE'],
    });
    const spellings = [
      SECRET,
      '280203-9814',
      '19280203\u20119814',
      '19280203\u22129814',
      '19280203\u20149814',
      '1928-02-03-9814',
      '1928 02 03 9814',
      '19280203/9814',
      '19280203.9814',
      '１９２８０２０３-９８１４',
      '280203+9814',
      '19280203\u200b9814',
    ];
    const reason = spellings.map((spelling) => `Tidigare nummer ${spelling} i akten.`).join(' ');
    const body = { criteria: ['larm'], recipientView: 'ja', reason };
    const { body: recorded } = await server.record(`/care-episodes/${episode}`, '/unnecessity-assessments', body);
    await server.register.waitFor(BigInt(recorded.position), 5_000);
    for (const now of ['2027-01-06', '2028-02-10', '2029-06-01', '2127-03-01']) {
      server.clock.set(`${now}T09:00:00.000Z`);
      const { body: told } = mustBe(200, await server.get(`/recipients/${recipient}/timeline`));
      const text = JSON.stringify(told);
      expect(text.match(/\[dolt nummer\]/gu)).toHaveLength(spellings.length);
      expect(text).not.toMatch(/9814|９８１４/u);
      expect(await office.found({ identity: SECRET })).toEqual([]);
    }
    await server.close();
  });
});

describe('a search', () => {
  let office: Office;
  let tolvan: string;
  beforeAll(async () => {
    office = await Office.begin('2026-11-22T08:00:00.000Z');
    tolvan = await office.registered('191212121212', { name: 'İbrahim Anna\u00adlena' });
  });
  afterAll(() => office.server.close());

  it.each([
    '19121212 1212',
    '19121212\u00a01212',
    '19121212\u20131212',
    '19121212\u22121212',
    ' 191212121212 ',
    '1912-12-12-1212',
    '١٩١٢١٢١٢١٢١٢',
    '121212+1212',
  ])('by %j finds the person, with its type and without', async (value) => {
    expect(await office.found(numbered(value))).toEqual([tolvan]);
    expect(await office.found({ identity: value })).toEqual([tolvan]);
  });

  it.each([
    ['191212121213', 'har fel kontrollsiffra'],
    ['19121212-12AB', 'ska bara ha siffror'],
    ['19121312-1212', 'har ett datum som inte finns'],
    ['1912121212123', 'ska ha tio eller tolv siffror'],
    ['20991231-9806', 'har'],
    ['19121212+121', 'ska'],
  ])('by %s is refused with what is wrong, never answered with nobody', async (value, wrong) => {
    const typed = mustBe(400, await office.search(numbered(value)));
    expect(errorsOf(typed)[0]).toContain(`identity.value ${wrong}`);
    const untyped = mustBe(400, await office.search({ identity: value }));
    expect(errorsOf(untyped)[0]).toContain(`identity ${wrong}`);
  });

  it('by a right number that nobody has finds nobody', async () => {
    expect(await office.found(numbered('198112189876'))).toEqual([]);
    expect(await office.found({ identity: 'A1' })).toEqual([]);
  });

  it('by a reserve number that looks like a wrong personnummer finds who has it', async () => {
    const reserve = await office.registered('19121212-12AB', {}, 'RESERVE');
    for (const written of ['19121212-12ab', '19121212–12AB', '19121212 -12AB']) {
      expect(await office.found({ identity: written })).toEqual([reserve]);
    }
  });

  it.each(['ibrahim', 'IBRAHIM', 'İBRAHİM', 'annalena', 'Anna\u200blena'])(
    'by the name %j finds İbrahim',
    async (name) => {
      expect(await office.found({ name })).toEqual([tolvan]);
    },
  );
});

describe('a number that nobody can have', () => {
  let office: Office;
  beforeAll(async () => {
    office = await Office.begin('2026-11-22T08:00:00.000Z');
  });
  afterAll(() => office.server.close());

  it.each([
    ['PERSONNUMMER', '209912319804', 'född'],
    ['PERSONNUMMER', '202611239803', 'född'],
    ['PERSONNUMMER', '174006069803', '130 år'],
    ['PERSONNUMMER', '19270505+9802', 'plustecken'],
    ['SAMORDNINGSNUMMER', '202701619807', 'född'],
  ])('is refused by the field: %s %s', async (type, value, wrong) => {
    const { body } = mustBe(400, await office.register(value, {}, type));
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'identity.value' }] });
    expect(errorsOf({ body })[0]).toContain(wrong);
  });

  it.each(['198000619802', '198001609802', '198000609803'])('is not the samordningsnummer %s', async (value) => {
    const recipient = await office.registered(value, {}, 'SAMORDNINGSNUMMER');
    expect(await office.found(numbered(value, 'SAMORDNINGSNUMMER'))).toEqual([recipient]);
  });
});

describe('a number that is registered again', () => {
  let office: Office;
  let tolvan: string;
  beforeAll(async () => {
    office = await Office.begin('2026-11-22T08:00:00.000Z');
    tolvan = await office.registered('191212121212');
  });
  afterAll(() => office.server.close());

  const refused = (answer: Answer, recipient: string): void => {
    const { body } = mustBe(409, answer);
    expect([body.code, body['recipient']]).toEqual(['ALREADY_REGISTERED', recipient]);
  };
  const entries = async (): Promise<bigint> => office.server.register.store.head();

  it('is refused with the registration that is there, however it is written, and nothing is recorded', async () => {
    const before = await entries();
    for (const written of ['191212121212', '121212+1212', '19121212 \u2013 1212']) {
      refused(await office.register(written), tolvan);
    }
    expect(await entries()).toBe(before);
    expect(await office.found(numbered('191212121212'))).toEqual([tolvan]);
  });

  it('is refused in a dry run too, which takes no number', async () => {
    const { server, controller } = office;
    const body = { controller, name: 'Test Person', protection: 'NONE' };
    refused(await server.post('/recipients?dryRun=true', { ...body, ...numbered('121212+1212') }), tolvan);
    mustBe(200, await server.post('/recipients?dryRun=true', { ...body, ...numbered('198112189876') }));
    await office.registered('198112189876');
  });

  it('is answered as it was when the same command is sent again', async () => {
    const { server, controller } = office;
    const body = { controller, name: 'Test Person', protection: 'NONE', ...numbered('R-900', 'RESERVE') };
    const first = mustBe(201, await server.post('/recipients', body, { key: 'again' }));
    const again = mustBe(201, await server.post('/recipients', body, { key: 'again' }));
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    refused(await server.post('/recipients', body, { key: 'another' }), first.body.id);
  });

  it('is taken for another person when the reason is given, and the reason is kept', async () => {
    const anotherPerson = { reason: 'Skatteverket har utfärdat numret två gånger.' };
    const other = await office.registered('191212121212', { anotherPerson });
    expect(await office.found(numbered('191212121212'))).toEqual([tolvan, other].sort());
    const { body } = mustBe(200, await office.server.get(`/recipients/${other}/timeline`));
    expect((body['entries'] as { readonly data: object }[])[0]?.data).toMatchObject({ anotherPerson });
    const { body: wrong } = mustBe(400, await office.register('191212121212', { anotherPerson: { reason: ' ' } }));
    expect(wrong.errors[0]?.path).toBe('anotherPerson.reason');
  });

  it('is another number with another issuer, or another controller', async () => {
    const reserve = (issuer?: string) => ({
      identity: { type: 'RESERVE', value: 'TF 1', ...(issuer ? { issuer } : {}) },
    });
    const first = await office.registered('', reserve('Region A'));
    await office.registered('', reserve('Region B'));
    await office.registered('', reserve());
    refused(await office.register('', reserve(' region a ')), first);
    const elsewhere = await office.server.open('/controllers', {
      name: 'B',
      kind: 'MUNICIPAL',
      orgNumber: '212000-2502',
    });
    await office.registered('191212121212', { controller: elsewhere });
  });

  it('is free again when the registration was annulled or never came to be, and not for a former number', async () => {
    const { server } = office;
    const wrong = mustBe(201, await office.register('R-1', {}, 'RESERVE'));
    const annulment = { cause: 'DUPLICATE', reason: 'Fel.' };
    const ifMatch = await server.etag(`/recipients/${wrong.body.id}`);
    mustBe(201, await server.post(`/entries/${wrong.body.eventId}/annulment`, annulment, { ifMatch }));
    const right = await office.registered('R-1', {}, 'RESERVE');
    refused(await office.register('r-1', {}, 'RESERVE'), right);
    await server.record(`/recipients/${right}`, '/identity-changes', numbered('194005059805'));
    refused(await office.register('R-1', {}, 'RESERVE'), right);
    refused(await office.register('400505-9805'), right);
  });

  it('does not tell of whom a number was that became secret', async () => {
    const hidden = await office.registered('193002039836');
    const changed = { ...numbered('195002039831'), formerSecret: true };
    await office.server.record(`/recipients/${hidden}`, '/identity-changes', changed);
    await office.registered('193002039836');
  });

  it('that was claimed by a call that was broken off is free after a quarter of an hour', async () => {
    const { server, controller } = office;
    const identity = { type: 'RESERVE' as const, value: 'R-77' };
    const claim = identityClaim(controller, identity, { earliest: '2026-11-22', recorded: '2026-11-22' });
    const ghost = { subject: '0f000000-0000-4000-8000-00000000dead', at: server.clock.now() };
    await server.register.keys.claim(claim, ghost);
    expect(mustBe(503, await office.register('R-77', {}, 'RESERVE')).headers.get('retry-after')).toBe('10');
    server.clock.set('2026-11-22T08:15:00.000Z');
    await office.registered('R-77', {}, 'RESERVE');
  }, 60_000);

  it('was registered before numbers were claimed', async () => {
    const old = await office.registered('196006069808');
    await office.server.register.keys.dropClaims(old, []);
    refused(await office.register('600606-9808'), old);
  });
});
