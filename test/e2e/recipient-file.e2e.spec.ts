import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, type Json, list, Story } from './answers-story.js';

const NUMBER = '19121212-1212';

describe("a person's file", () => {
  let story: Story;
  let verified: string;
  let wrong: string;
  let correction: string;
  let before: string;
  const file = async (query = ''): Promise<Json> => (await story.get(`/recipients/${idOf('anna')}/file${query}`)).body;

  beforeAll(async () => {
    story = await Story.begin('2026-01-15T08:00:00.000Z');
    await story.tell('controller-kommunen', 'ControllerRegistered', '2020-01-01', {
      name: 'Kommunen',
      kind: 'MUNICIPAL',
      orgNumber: '212000-0142',
    });
    await story.tell('unit-öst', 'UnitOpened', '2020-01-01', {
      controller: idOf('kommunen'),
      name: 'Öst',
      careForms: ['HOME_CARE'],
    });
    await story.tell('staff-sara', 'StaffRegistered', '2020-01-01', {
      controller: idOf('kommunen'),
      unit: idOf('öst'),
      name: 'Sara Sköterska',
    });
    await story.tell('staff-olle', 'StaffRegistered', '2020-01-01', {
      controller: idOf('kommunen'),
      unit: idOf('öst'),
      name: 'Olle Okänd',
    });
    await story.tell('staff-sara', 'EmploymentStarted', '2020-01-01', { form: 'PERMANENT' });
    verified = await story.tell('staff-sara', 'TitleVerified', '2024-01-10', {
      certificateDate: '2023-07-01',
      method: 'HOSP_DIRECT',
      checkedBy: 'HOSP',
    });
    await story.tell('recipient-anna', 'RecipientRegistered', '2025-12-01', {
      controller: idOf('kommunen'),
      identity: { type: 'PERSONNUMMER', value: NUMBER },
      name: 'Anna Andersson',
      protection: 'NONE',
    });
    const about = { about: 'anna' };
    await story.tell(
      'careEpisode-hemma',
      'CareEpisodeStarted',
      '2025-12-01',
      {
        recipient: idOf('anna'),
        unit: idOf('öst'),
        careForm: 'HOME_CARE',
        legalGround: 'SOL_NEEDS_ASSESSED',
        services: ['PERSONAL_CARE'],
      },
      about,
    );
    wrong = await story.tell(
      'careEpisode-hemma',
      'ContactOffered',
      '2025-12-05',
      { offer: idOf('offer'), by: idOf('sara') },
      about,
    );
    await story.tell(
      'careEpisode-hemma',
      'OfferAccepted',
      '2025-12-08',
      { offer: idOf('offer'), answeredBy: 'RECIPIENT' },
      about,
    );
    await story.until('2026-02-01T08:00:00.000Z');
    await story.tell(
      'careEpisode-hemma',
      'ContactAssigned',
      '2026-02-01',
      { assignment: idOf('assignment'), staff: idOf('sara'), role: 'PRIMARY' },
      about,
    );
    await story.until('2026-03-01T08:00:00.000Z');
    before = (await story.register.knowledge.at()).knownAt;
    correction = await story.tell(
      'careEpisode-hemma',
      'EntryCorrected',
      '2025-12-06',
      { corrects: wrong, reason: 'Fel dag.', data: { offer: idOf('offer'), by: idOf('olle') } },
      about,
    );
    await story.until('2026-03-02T08:00:00.000Z');
  });
  afterAll(() => story.end());

  it('holds the head, the history, the judgement, the contacts and what proves them', async () => {
    const told = await file();
    expect(told).toMatchObject({
      recipient: idOf('anna'),
      recipients: [idOf('anna')],
      controllers: [idOf('kommunen')],
      on: '2026-03-02',
      generatedAt: '2026-03-02T08:00:00.000Z',
      state: { name: 'Anna Andersson' },
      proof: { sealed: 0, witnesses: [], register: expect.any(String) },
    });
    expect(told['names']).toMatchObject({
      [idOf('anna')]: 'Anna Andersson',
      [idOf('kommunen')]: 'Kommunen',
      [idOf('öst')]: 'Öst',
      [idOf('sara')]: 'Sara Sköterska',
    });
    const entries = list(told['entries']);
    expect(told['proof']?.['unsealed']).toBe(entries.length);
    expect(entries.find(({ eventId }) => String(eventId) === wrong)).toMatchObject({
      status: 'CORRECTED',
      correctedBy: correction,
    });
    const [episode] = list(told['episodes']);
    expect(episode).toMatchObject({ episode: idOf('hemma'), state: { careForm: 'HOME_CARE' } });
    expect(list(episode?.['assignments'])).toMatchObject([
      { staff: idOf('sara'), name: 'Sara Sköterska', role: 'PRIMARY', titleEvidence: [verified] },
    ]);
    expect(list(episode?.['rules']).map(({ rule }) => String(rule))).toContain('TITLE');
  });

  it('says the same as the questions it is made of', async () => {
    const told = await file();
    const { body: timeline } = await story.get(`/recipients/${idOf('anna')}/timeline`);
    expect(told['entries']).toEqual(timeline['entries']);
    expect([told['position'], told['knownAt']]).toEqual([timeline['position'], timeline['knownAt']]);
    const { body: judged } = await story.get(`/recipients/${idOf('anna')}/compliance/segments`);
    expect(list(told['episodes']).map(({ rules }) => rules)).toEqual(
      list(judged['episodes']).map(({ rules }) => rules),
    );
    const {
      id: _id,
      on: _on,
      knownAt: _k,
      position: _p,
      revision: _r,
      ...state
    } = (await story.get(`/recipients/${idOf('anna')}`)).body;
    expect(told['state']).toEqual(state);
  });

  it('is told as it was known before, down to the last entry', async () => {
    const told = await file(`?knownAt=${before}`);
    expect(list(told['entries']).map(({ status }) => String(status))).not.toContain('CORRECTED');
    expect(list(told['entries']).length).toBe(list((await file())['entries']).length - 1);
  });

  it('says of a day what was true then, and tells the whole history all the same', async () => {
    const told = await file('?on=2026-01-15');
    expect(told['on']).toBe('2026-01-15');
    expect(list(told['entries']).length).toBe(list((await file())['entries']).length);
    expect(told['episodes']?.['0']?.['state']?.['assignments']).toBeUndefined();
  });

  it('is had as a document to read, and as one for the archive', async () => {
    for (const accept of ['application/pdf', 'application/pdf;profile="a-3a"']) {
      const answer = await story.get(`/recipients/${idOf('anna')}/file`, { accept });
      expect([answer.status, answer.headers['content-type'], answer.headers['vary']]).toEqual([200, accept, 'accept']);
      expect(answer.text.slice(0, 5)).toBe('%PDF-');
    }
    expect((await story.get(`/recipients/${idOf('anna')}/file`, { accept: 'text/plain' })).status).toBe(406);
  });

  it("leaves out the names of employees who are protected, but for the person's own contacts", async () => {
    expect((await file())['names']).toMatchObject({ [idOf('olle')]: 'Olle Okänd' });
    for (const staff of ['staff-olle', 'staff-sara'])
      await story.tell(staff, 'StaffProtectionChanged', '2026-03-02', { protection: 'CONFIDENTIALITY_MARKED' });
    const told = await file();
    expect(told['names']).toMatchObject({ [idOf('sara')]: 'Sara Sköterska' });
    expect(JSON.stringify(told)).not.toContain('Olle');
  });

  it('is not there of nobody', async () => {
    expect((await story.get(`/recipients/${idOf('nobody')}/file`)).status).toBe(404);
  });

  it('has no protocol of a verification where none was made', async () => {
    expect((await story.get('/verifications/last')).body).toEqual({ protocol: null });
    const asPdf = await story.get('/verifications/last', { accept: 'application/pdf' });
    expect([asPdf.status, asPdf.body['code']]).toEqual([404, 'NOT_VERIFIED_YET']);
  });
});
