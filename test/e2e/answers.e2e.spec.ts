import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, list, Story } from './answers-story.js';

const NUMBER = '19121212-1212';
const SECRET = '19800101-2387';
const NEW = '20000101-2384';

/** Told in March 2026; what was known in February is asked as such. */
const FEBRUARY = '2026-02-01T12:00:00.000Z';
const MARCH = '2026-03-02T12:00:00.000Z';

describe('the answers', () => {
  let story: Story;
  /** The knowledge instant of the last entry. */
  const lastInstant = async (): Promise<string> => (await story.register.knowledge.at()).knownAt;
  let offered: string;
  let accepted: string;
  let wrongReason: string;
  let correction: string;

  beforeAll(async () => {
    story = await Story.begin('2026-01-15T08:00:00.000Z');
    const kommunen = idOf('kommunen');
    await story.tell('controller-kommunen', 'ControllerRegistered', '2020-01-01', {
      name: 'Kommunen',
      kind: 'MUNICIPAL',
      orgNumber: '212000-0142',
    });
    await story.tell('controller-bolaget', 'ControllerRegistered', '2020-01-01', {
      name: 'Bolaget',
      kind: 'PRIVATE',
      orgNumber: '556000-0001',
    });
    await story.tell('unit-öst', 'UnitOpened', '2020-01-01', {
      controller: kommunen,
      name: 'Öst',
      careForms: ['HOME_CARE'],
    });
    await story.tell('unit-ask', 'UnitOpened', '2020-01-01', {
      controller: idOf('bolaget'),
      name: 'Ask',
      careForms: ['HOME_CARE'],
      commissionedBy: kommunen,
    });
    await story.tell('staff-sara', 'StaffRegistered', '2020-01-01', {
      controller: kommunen,
      unit: idOf('öst'),
      name: 'Sara Sköterska',
    });
    await story.tell('staff-sara', 'EmploymentStarted', '2020-01-01', { form: 'PERMANENT' });
    await story.tell('staff-sara', 'TitleVerified', '2024-01-10', {
      certificateDate: '2023-07-01',
      method: 'HOSP_DIRECT',
      checkedBy: 'HOSP',
    });

    const person = (name: string, value: string) => ({
      controller: kommunen,
      identity: { type: 'PERSONNUMMER', value },
      name,
      protection: 'NONE',
    });
    await story.tell('recipient-anna', 'RecipientRegistered', '2025-12-01', person('Anna Andersson', NUMBER), {
      documentedAt: '2025-12-01T09:00:00Z',
    });
    const start = (recipient: string, unit: string) => ({
      recipient: idOf(recipient),
      unit: idOf(unit),
      careForm: 'HOME_CARE',
      legalGround: 'SOL_NEEDS_ASSESSED',
      services: ['PERSONAL_CARE'],
    });
    await story.tell('careEpisode-hemma', 'CareEpisodeStarted', '2025-12-01', start('anna', 'öst'), { about: 'anna' });
    offered = await story.tell(
      'careEpisode-hemma',
      'ContactOffered',
      '2025-12-05',
      { offer: idOf('offer'), by: idOf('sara') },
      { about: 'anna' },
    );
    accepted = await story.tell(
      'careEpisode-hemma',
      'OfferAccepted',
      '2025-12-10',
      { offer: idOf('offer'), answeredBy: 'RECIPIENT' },
      { about: 'anna' },
    );

    await story.tell('recipient-bo', 'RecipientRegistered', '2025-11-01', person('Bo Ask', SECRET));
    await story.tell('careEpisode-bos', 'CareEpisodeStarted', '2025-11-01', start('bo', 'ask'), { about: 'bo' });
    await story.tell(
      'careEpisode-bos',
      'ContactOffered',
      '2025-11-05',
      { offer: idOf('offer bo'), by: idOf('sara') },
      { about: 'bo' },
    );
    wrongReason = await story.tell(
      'careEpisode-bos',
      'OfferDeclined',
      '2025-11-06',
      { offer: idOf('offer bo'), answeredBy: 'RECIPIENT', reasonText: 'Vill inte' },
      { about: 'bo' },
    );
    await story.until('2026-02-10T08:00:00.000Z');

    await story.tell(
      'careEpisode-hemma',
      'ContactAssigned',
      '2026-01-07',
      { assignment: idOf('a1'), role: 'PRIMARY', staff: idOf('sara') },
      { about: 'anna', lateReason: 'Semester' },
    );
    correction = await story.tell(
      'careEpisode-bos',
      'EntryCorrected',
      '2026-02-10',
      {
        corrects: wrongReason,
        reason: 'Skäl saknades',
        data: { offer: idOf('offer bo'), answeredBy: 'RECIPIENT', reasonCode: 'ENOUGH_SUPPORT' },
      },
      { about: 'bo' },
    );
    await story.tell('recipient-bo', 'RecipientIdentityChanged', '2026-02-10', {
      identity: { type: 'PERSONNUMMER', value: NEW },
      formerSecret: true,
    });
    await story.until(MARCH);
  });

  afterAll(() => story.end());

  const recipient = (name: string) => `/recipients/${idOf(name)}`;
  const report = `/reports/supervision?controller=${idOf('kommunen')}`;

  describe('one recipient’s history', () => {
    it('is told in order of (effectiveOn, position), readable, with what is late and why', async () => {
      const { body } = await story.get(`${recipient('anna')}/timeline`);
      expect(body).toMatchObject({ recipient: idOf('anna'), asOf: '2026-03-02', knownAt: await lastInstant() });
      expect(list(body['entries']).map((entry) => [entry['effectiveOn'], entry['type'], entry['late']])).toEqual([
        ['2020-01-01', 'EmploymentStarted', true],
        ['2024-01-10', 'TitleVerified', true],
        ['2025-12-01', 'RecipientRegistered', false],
        ['2025-12-01', 'CareEpisodeStarted', true],
        ['2025-12-05', 'ContactOffered', true],
        ['2025-12-10', 'OfferAccepted', true],
        ['2026-01-07', 'ContactAssigned', true],
      ]);
      expect(list(body['entries']).find((entry) => String(entry['type']) === 'RecipientRegistered')).toMatchObject({
        data: { name: 'Anna Andersson', identity: { value: NUMBER } },
        documentedAt: '2025-12-01T09:00:00Z',
        status: 'VALID',
        revision: '0',
        actor: { id: 'u-17' },
      });
      expect(list(body['entries']).at(6)).toMatchObject({ lateReason: 'Semester' });
    });

    it('tells what had become true by a day, and what was known at a time', async () => {
      const asOf = await story.get(`${recipient('anna')}/timeline?asOf=2025-12-05`);
      expect(list(asOf.body['entries']).map((entry) => entry['type'])).toEqual([
        'EmploymentStarted',
        'TitleVerified',
        'RecipientRegistered',
        'CareEpisodeStarted',
        'ContactOffered',
      ]);
      const knownAt = await story.get(`${recipient('anna')}/timeline?knownAt=${FEBRUARY}`);
      expect(list(knownAt.body['entries']).length).toBe(4);
      const { knownAt: instant, ...asked } = knownAt.body;
      expect(asked).toMatchObject({ requestedKnownAt: FEBRUARY, closed: true });
      expect(String(instant) < FEBRUARY).toBe(true);
    });

    it('keeps a corrected entry readable, marked with its correction and the right data (E38)', async () => {
      const { body } = await story.get(`${recipient('bo')}/timeline`);
      const entry = list(body['entries']).find((one) => String(one['eventId']) === wrongReason);
      expect(entry).toMatchObject({
        status: 'CORRECTED',
        correctedBy: correction,
        data: { reasonText: 'Vill inte' },
        effective: { effectiveOn: '2025-11-06', data: { reasonCode: 'ENOUGH_SUPPORT' } },
      });
      expect(list(body['entries']).find((one) => String(one['eventId']) === correction)).toMatchObject({
        type: 'EntryCorrected',
        status: 'VALID',
        data: { reason: 'Skäl saknades' },
      });
      const before = await story.get(`${recipient('bo')}/timeline?knownAt=${FEBRUARY}`);
      expect(list(before.body['entries']).find((one) => String(one['eventId']) === wrongReason)).toMatchObject({
        status: 'VALID',
      });
    });

    it.each(['', `?knownAt=${FEBRUARY}`, '?asOf=2025-12-01'])(
      'never shows a number that became secret (E43) %s',
      async (query) => {
        const timeline = await story.get(`${recipient('bo')}/timeline${query}`);
        expect(timeline.status).toBe(200);
        expect(timeline.text).not.toContain(SECRET);
        expect(
          list(timeline.body['entries']).find((one) => String(one['type']) === 'RecipientRegistered'),
        ).toMatchObject({ data: { identity: { type: 'PERSONNUMMER', value: null } } });
      },
    );

    it('is stepped through: before, entry, after, what changed', async () => {
      const timeline = await story.get(`${recipient('anna')}/timeline`);
      const position = list(timeline.body['entries']).find((entry) => String(entry['eventId']) === accepted)?.[
        'position'
      ];
      const { body } = await story.get(`${recipient('anna')}/replay?to=${String(position)}`);
      expect(body['event']).toMatchObject({ eventId: accepted, type: 'OfferAccepted' });
      const offer = `episodes.${idOf('hemma')}.offers.${idOf('offer')}.answer`;
      expect(body['changed']?.['state']).toEqual([
        { path: `${offer}.answer`, from: null, to: 'ACCEPTED' },
        { path: `${offer}.answeredBy`, from: null, to: 'RECIPIENT' },
        { path: `${offer}.on`, from: null, to: '2025-12-10' },
      ]);
      expect(body['changed']?.['compliance']).toEqual([
        { episode: idOf('hemma'), rule: 'ANSWER', from: 'DUE', to: 'MET' },
        { episode: idOf('hemma'), rule: 'ASSIGNED', from: null, to: 'DUE' },
        { episode: idOf('hemma'), rule: 'PLAN', from: null, to: 'DUE' },
      ]);
      const before = list(timeline.body['entries'])
        .map((entry) => BigInt(String(entry['position'])))
        .filter((one) => one < BigInt(String(position)));
      expect(body['previous']).toBe(String(before.reduce((last, one) => (one > last ? one : last))));
    });
  });

  describe('the judgement', () => {
    it('of a day names rules, their versions, basis and evidence', async () => {
      const { body } = await story.get(`${recipient('anna')}/compliance?on=2026-01-10`);
      expect(body).toMatchObject({
        recipient: idOf('anna'),
        on: '2026-01-10',
        episodes: [{ episode: idOf('hemma'), careForm: 'HOME_CARE', unit: idOf('öst'), local: false }],
      });
      const rules = list(list(body['episodes']).at(0)?.['rules']);
      expect(rules.find((rule) => String(rule['rule']) === 'OFFER')).toEqual({
        rule: 'OFFER',
        kind: 'STATUTORY',
        ruleVersion: '1',
        status: 'MET',
        since: '2025-12-05',
        legalBasis: '10 kap. 7 § socialtjänstlagen (2025:400)',
        evidence: [offered],
      });
      expect(rules.find((rule) => String(rule['rule']) === 'TITLE')).toMatchObject({
        assignment: idOf('a1'),
        status: 'MET',
        titleBasis: 'CERTIFICATE',
        since: '2026-01-07',
      });
    });

    it('of all time gives segments with from and to', async () => {
      const { body } = await story.get(`${recipient('anna')}/compliance/segments`);
      const assigned = list(list(body['episodes']).at(0)?.['rules']).filter(
        (rule) => String(rule['rule']) === 'ASSIGNED',
      );
      expect(assigned.map((segment) => [segment['from'], segment['to'], segment['status'], segment['dueOn']])).toEqual([
        ['2025-12-10', '2025-12-24', 'DUE', '2025-12-23'],
        ['2025-12-24', '2026-01-07', 'BREACH', undefined],
        ['2026-01-07', undefined, 'MET', undefined],
      ]);
    });

    it('by earlier knowledge is another one', async () => {
      const { body } = await story.get(`${recipient('anna')}/compliance?on=2026-01-10&knownAt=${FEBRUARY}`);
      expect(
        list(list(body['episodes']).at(0)?.['rules']).find((rule) => String(rule['rule']) === 'ASSIGNED'),
      ).toMatchObject({ status: 'BREACH', since: '2025-12-24' });
    });

    it('rests on a catalogue that can be read', async () => {
      const { body } = await story.get('/rules?on=2023-01-01');
      expect(list(body['rules']).map((rule) => rule['id'])).not.toContain('TITLE');
      const now = await story.get('/rules');
      expect(list(now.body['rules']).find((rule) => String(rule['id']) === 'OFFER')).toMatchObject({
        version: '1',
        kind: 'STATUTORY',
        parameters: [{ name: 'offerTargetDays', default: 14 }],
      });
      expect(list(now.body['rules']).find((rule) => String(rule['id']) === 'TITLE')).toMatchObject({
        validFrom: '2023-07-01',
      });
    });
  });

  describe('a unit', () => {
    it('today: a row per ongoing episode', async () => {
      const { body } = await story.get(`/units/${idOf('öst')}/current?on=2026-03-01`);
      expect(body['rows']).toEqual([
        {
          episode: idOf('hemma'),
          recipient: idOf('anna'),
          recipientName: 'Anna Andersson',
          careForm: 'HOME_CARE',
          local: false,
          state: 'ACTIVE',
          contacts: [
            {
              assignment: idOf('a1'),
              staff: idOf('sara'),
              name: 'Sara Sköterska',
              role: 'PRIMARY',
              titleBasis: 'CERTIFICATE',
              absent: false,
            },
          ],
          breaches: [
            { rule: 'TRAINING', assignment: idOf('a1'), kind: 'LOCAL', since: '2026-01-07' },
            { rule: 'SIGNED', assignment: idOf('a1'), kind: 'LOCAL', since: '2026-01-21' },
            { rule: 'PLAN', kind: 'LOCAL', since: '2026-01-09' },
          ],
          warnings: [
            { rule: 'NAMED', assignment: idOf('a1'), kind: 'LOCAL', since: '2026-01-21' },
            { rule: 'INFORMED', kind: 'LOCAL', since: '2025-12-05' },
          ],
          changeRequests: [],
          nextDue: { rule: 'YEARLY', dueOn: '2027-01-06' },
        },
      ]);
    });

    it('knows what falls due, as judged on the first day', async () => {
      const { body } = await story.get(`/units/${idOf('öst')}/due?from=2026-01-08&to=2026-02-01`);
      expect(list(body['items']).map((item) => [item['dueOn'], item['rule'], item['status']])).toEqual([
        ['2026-01-08', 'PLAN', 'DUE'],
        ['2026-01-20', 'NAMED', 'DUE'],
        ['2026-01-20', 'SIGNED', 'DUE'],
      ]);
    });

    it('knows who carries how much, who has care and who works there', async () => {
      const contacts = await story.get(`/units/${idOf('öst')}/contacts`);
      expect(contacts.body['contacts']).toEqual([
        { staff: idOf('sara'), titleBasis: 'CERTIFICATE', absent: false, primary: 1, second: 0, deputy: 0 },
      ]);
      const recipients = await story.get(`/units/${idOf('öst')}/recipients`);
      expect(recipients.body['recipients']).toEqual([
        {
          recipient: idOf('anna'),
          name: 'Anna Andersson',
          protection: 'NONE',
          episodes: [{ episode: idOf('hemma'), careForm: 'HOME_CARE' }],
        },
      ]);
      const staff = await story.get(`/units/${idOf('öst')}/staff?on=2024-01-01`);
      expect(staff.body['staff']).toEqual([
        {
          staff: idOf('sara'),
          name: 'Sara Sköterska',
          employment: 'PERMANENT',
          titleBasis: 'CERTIFICATE',
          onLeave: false,
        },
      ]);
    });

    it('is found through its controller, in Swedish order, page by page', async () => {
      const { body } = await story.get('/controllers');
      expect(list(body['controllers'])).toContainEqual(
        expect.objectContaining({ id: idOf('kommunen'), kind: 'MUNICIPAL' }),
      );
      expect(await story.get('/codes')).toMatchObject({
        status: 200,
        body: { statuses: expect.arrayContaining([{ code: 'BREACH', label: 'BRIST' }]) },
      });
      const first = await story.get(`/units?controller=${idOf('kommunen')}&limit=1`);
      expect(list(first.body['units']).map((unit) => unit['name'])).toEqual(['Ask']);
      const second = await story.get(
        `/units?controller=${idOf('kommunen')}&limit=1&cursor=${String(first.body['next'])}`,
      );
      expect(list(second.body['units']).map((unit) => unit['name'])).toEqual(['Öst']);
      expect(second.body['next']).toBeUndefined();
    });
  });

  describe('the supervisory report', () => {
    it('counts by unit, own and commissioned, in order of name', async () => {
      const { body } = await story.get(`${report}&on=2026-03-01`);
      expect(body['header']).toMatchObject({
        controller: idOf('kommunen'),
        on: '2026-03-01',
        knownAt: await lastInstant(),
        registerSince: '2026-01-15T08:00:00.000Z',
        policyVersion: null,
        generatedAt: MARCH,
      });
      expect(list(body['header']?.['ruleVersions']).at(0)).toEqual({ rule: 'OFFER', version: '1' });
      expect(
        list(body['rows']).map((row) => [
          row['unitName'],
          row['provider'],
          row['population'],
          row['accepted'],
          row['declined'],
          row['declinedWithoutReason'],
          row['titleCertificate'],
        ]),
      ).toEqual([
        ['Ask', idOf('bolaget'), 1, 0, 1, 0, 0],
        ['Öst', idOf('kommunen'), 1, 1, 0, 0, 1],
      ]);
      expect(body['total']).toMatchObject({ population: 2, offered: 2, accepted: 1, declined: 1, withPrimary: 1 });
    });

    it('by earlier knowledge counts what was known', async () => {
      const { body } = await story.get(`${report}&on=2026-03-01&knownAt=${FEBRUARY}`);
      expect(body['total']).toMatchObject({
        population: 2,
        declinedWithoutReason: 0,
        withPrimary: 0,
        withoutPrimary: 1,
      });
      expect(body['header']).toMatchObject({ facts: 15, requestedKnownAt: FEBRUARY, closed: true });
      const again = await story.get(`${report}&on=2026-03-01&knownAt=${String(body['header']?.['knownAt'])}`);
      expect(again.body).toMatchObject({ total: body['total'], header: { facts: 15 } });
    });

    it('before the register was in use counts nothing and says so', async () => {
      const { body } = await story.get(`${report}&on=2026-03-01&knownAt=2025-12-31T00:00:00Z`);
      expect(body['total']).toMatchObject({ population: 0 });
      expect(body['rows']).toEqual([]);
      expect(String(body['warning'])).toContain('inte tagits i bruk');
    });

    it('is given as CSV to whom asks for it', async () => {
      const { text, headers } = await story.get(`${report}&on=2026-03-01`, { accept: 'text/csv' });
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      const lines = text.split('\r\n');
      expect(lines[0]).toMatch(/^\uFEFFon;knownAt;unit;unitName;provider;population;/);
      expect(lines[1]).toContain(`;${idOf('ask')};Ask;${idOf('bolaget')};1;`);
      expect(lines[3]).toContain(';;Totalt;;2;');
    });

    it('names who is behind a figure', async () => {
      const { body } = await story.get(
        `/reports/supervision/episodes?figure=declined&controller=${idOf('kommunen')}&on=2026-03-01`,
      );
      expect(body).toMatchObject({
        figure: 'declined',
        count: 1,
        episodes: [{ episode: idOf('bos'), recipient: idOf('bo'), unit: idOf('ask') }],
      });
    });

    it('is told over time', async () => {
      const { body } = await story.get(
        `/reports/supervision/series?controller=${idOf('kommunen')}&from=2025-10-31&to=2026-01-31&every=MONTH`,
      );
      expect(
        list(body['points']).map((point) => [
          point['on'],
          point['total']?.['population'],
          point['total']?.['withPrimary'],
        ]),
      ).toEqual([
        ['2025-10-31', 0, 0],
        ['2025-11-30', 1, 0],
        ['2025-12-31', 2, 0],
        ['2026-01-31', 2, 1],
      ]);
    });

    it('tells, when asked, how long the steps took and what was registered late', async () => {
      const { body } = await story.get(
        `/reports/supervision/series?controller=${idOf('kommunen')}&from=2026-01-31&to=2026-02-28&details=true`,
      );
      expect(list(body['points']).map((point) => point['leadTimes'])).toEqual([
        { startToOffer: 4, offerToAnswer: 3, answerToContact: 28, contactToPlan: null },
        { startToOffer: 4, offerToAnswer: 3, answerToContact: 28, contactToPlan: null },
      ]);
      expect(list(body['points']).map((point) => point['registered'])).toEqual([
        { entries: 6, late: 6 },
        { entries: 2, late: 1 },
      ]);
    });
  });

  describe('a search', () => {
    it.each([
      ['a number', { identity: NUMBER }, ['anna']],
      ['a number in another form', { identity: { type: 'PERSONNUMMER', value: '121212+1212' } }, ['anna']],
      ['words of a name, in any case and order', { name: 'ANDERSSON anna' }, ['anna']],
      ['a part of a word', { name: 'Anders' }, []],
      ['the name of an employee', { name: 'Sara' }, []],
      ['a number that became secret', { identity: SECRET }, []],
      ['the new number', { identity: NEW }, ['bo']],
    ])('by %s', async (_, by, found) => {
      const { body, status } = await story.post('/recipients/search', by);
      expect(status).toBe(200);
      expect(list(body['recipients']).map((one) => one['recipient'])).toEqual(found.map(idOf));
    });

    it.each([
      [{}],
      [{ name: 'x', identity: 'y' }],
      [{ name: '  ' }],
      [{ identity: { type: 'OTHER', value: '1' } }],
      [{ nome: 'x' }],
    ])('is refused when it does not say one thing: %j', async (by) => {
      expect(await story.post('/recipients/search', by)).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED' },
      });
    });
  });

  describe('the state of one thing', () => {
    it('comes with its ETag', async () => {
      const { body, headers } = await story.get(`/care-episodes/${idOf('hemma').toUpperCase()}`);
      expect(headers['etag']).toBe('"3"');
      expect(body).toMatchObject({
        id: idOf('hemma'),
        revision: '3',
        startedOn: '2025-12-01',
        unit: idOf('öst'),
        contacts: { [idOf('a1')]: { role: 'PRIMARY', staff: idOf('sara'), from: '2026-01-07' } },
      });
    });

    it('of a recipient shows the number of today alone', async () => {
      const { text, body } = await story.get(recipient('bo'));
      expect(body['identity']).toEqual({ type: 'PERSONNUMMER', value: NEW });
      expect(text).not.toContain(SECRET);
      const before = await story.get(`${recipient('bo')}?on=2026-01-01&knownAt=${FEBRUARY}`);
      expect(before.body['identity']).toEqual({ type: 'PERSONNUMMER', value: null });
      expect(before.headers['etag']).toBeUndefined();
    });

    it('of a unit and an employee', async () => {
      expect((await story.get(`/units/${idOf('ask')}`)).body).toMatchObject({
        name: 'Ask',
        commissionedBy: idOf('kommunen'),
        openedOn: '2020-01-01',
      });
      expect((await story.get(`/staff/${idOf('sara')}`)).body).toMatchObject({
        name: 'Sara Sköterska',
        employment: { form: 'PERMANENT', from: '2020-01-01' },
      });
    });
  });

  describe('a bad question', () => {
    it.each([
      [`${recipient('nobody')}/timeline`, 404, 'UNKNOWN_RECIPIENT', { kind: 'recipient', id: idOf('nobody') }],
      [`/recipients/19121212-1212/timeline`, 404, 'UNKNOWN_RECIPIENT', { kind: 'recipient' }],
      [`/units/${idOf('nowhere')}/current`, 404, 'UNKNOWN_UNIT', { id: idOf('nowhere') }],
      [`/care-episodes/${idOf('none')}`, 404, 'UNKNOWN_EPISODE', {}],
      [`/reports/supervision?controller=${idOf('nobody')}`, 404, 'UNKNOWN_CONTROLLER', { id: idOf('nobody') }],
      [
        `/reports/supervision?controller=${idOf('bolaget')}&unit=${idOf('öst')}`,
        404,
        'UNIT_NOT_OF_CONTROLLER',
        { id: idOf('öst') },
      ],
      [
        '/reports/supervision',
        400,
        'VALIDATION_FAILED',
        { errors: [{ path: 'controller', message: 'ska vara ett UUID' }] },
      ],
      [
        `${recipient('anna')}/compliance?on=2026-02-30`,
        400,
        'VALIDATION_FAILED',
        { errors: [{ path: 'on', message: 'ska vara en kalenderdag, ÅÅÅÅ-MM-DD' }] },
      ],
      [`${recipient('anna')}/timeline?knownAt=2026-02-01`, 400, 'VALIDATION_FAILED', {}],
      [`${recipient('anna')}/timeline?asof=2026-02-01`, 400, 'VALIDATION_FAILED', {}],
      [`${recipient('anna')}/replay?to=x`, 400, 'VALIDATION_FAILED', {}],
      [`${recipient('anna')}/replay?to=0`, 404, 'UNKNOWN_ENTRY', {}],
      [`/units/${idOf('öst')}/due?from=2026-02-01&to=2026-01-01`, 400, 'PERIOD_REVERSED', {}],
      [`/units/${idOf('öst')}/current?cursor=nonsense`, 400, 'CURSOR_MALFORMED', {}],
      [`/units/${idOf('öst')}/current?limit=0`, 400, 'VALIDATION_FAILED', {}],
      [`/reports/supervision/episodes?figure=all&controller=${idOf('kommunen')}`, 400, 'VALIDATION_FAILED', {}],
      [
        `/reports/supervision/series?controller=${idOf('kommunen')}&from=1900-01-01&to=2026-01-01`,
        400,
        'PERIOD_TOO_LONG',
        {},
      ],
    ])('%s is answered with %d %s', async (path, status, code, members) => {
      const answer = await story.get(path);
      expect(answer).toMatchObject({ status, body: { code, status, ...members } });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.text).not.toContain('1212-1212');
    });

    it('for a form that there is none of is not acceptable', async () => {
      expect(await story.get(report, { accept: 'image/png' })).toMatchObject({
        status: 406,
        body: { code: 'NOT_ACCEPTABLE' },
      });
    });
  });

  it('a knowledge time at or after the last entry is answered by what is known now, and says so; the future by nobody', async () => {
    const { body } = await story.get(`${report}&knownAt=${MARCH}`);
    expect(body['header']).toMatchObject({ requestedKnownAt: MARCH, closed: false, knownAt: await lastInstant() });
    const ahead = (seconds: number) => new Date(Date.parse(MARCH) + seconds * 1000).toISOString();
    expect((await story.get(`${report}&knownAt=${ahead(10)}`)).status).toBe(200);
    expect(await story.get(`${report}&knownAt=${ahead(11)}`)).toMatchObject({
      status: 400,
      body: { code: 'KNOWN_AT_AHEAD' },
    });
  });
});
