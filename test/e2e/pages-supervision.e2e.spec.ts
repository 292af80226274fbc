import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, type Json, list, Story } from './answers-story.js';

const TODAY = '2026-01-15';

/** A form with a file, as a browser sends it. */
function fileForm(text: string): { headers: Record<string, string>; payload: string } {
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=part', accept: 'text/html' },
    payload: `--part\r\nContent-Disposition: form-data; name="report"; filename="r.json"\r\nContent-Type: application/json\r\n\r\n${text}\r\n--part--\r\n`,
  };
}

describe('the supervisory report', () => {
  let story: Story;
  const read = async (url: string, accept = 'text/html') =>
    (await story.app.inject({ method: 'GET', url, headers: { accept } })).payload;
  const again = async (url: string, payload: unknown) =>
    (await story.app.inject({ method: 'POST', url, payload: payload as object })).json<Json>();
  const scope = `controller=${idOf('kommunen')}&dag=${TODAY}`;

  beforeAll(async () => {
    story = await Story.begin(`${TODAY}T08:00:00.000Z`);
    await story.tell('controller-kommunen', 'ControllerRegistered', '2020-01-01', {
      name: 'Kommunen',
      kind: 'MUNICIPAL',
      orgNumber: '212000-0142',
    });
    for (const [unit, count] of [
      ['öst', 2],
      ['väst', 6],
    ] as const) {
      await story.tell(`unit-${unit}`, 'UnitOpened', '2020-01-01', {
        controller: idOf('kommunen'),
        name: unit,
        careForms: ['HOME_CARE'],
      });
      for (let at = 0; at < count; at += 1) {
        const person = `${unit} ${at}`;
        await story.tell(`recipient-${person}`, 'RecipientRegistered', '2025-01-01', {
          controller: idOf('kommunen'),
          identity: { type: 'RESERVE', value: `R${unit}${at}`, issuer: 'kommunen' },
          name: person,
          protection: 'NONE',
        });
        await story.tell(
          `careEpisode-${person}`,
          'CareEpisodeStarted',
          '2025-02-01',
          {
            recipient: idOf(person),
            unit: idOf(unit),
            careForm: 'HOME_CARE',
            legalGround: 'SOL_NEEDS_ASSESSED',
            services: ['PERSONAL_CARE'],
          },
          { about: person },
        );
      }
    }
    await story.until(`${TODAY}T08:00:00.000Z`);
  });
  afterAll(() => story.end());

  it('leaves the controller without small numbers, and without what they could be reckoned from', async () => {
    const whole = await read(`/tillsyn/kalkylblad?${scope}`);
    expect(whole).toMatch(/;väst;[^;]*;6;/);
    expect(whole).toMatch(/;öst;[^;]*;2;/);
    const page = await read(`/tillsyn?${scope}&offentlig=ja`);
    const href = /href="(\/tillsyn\/kalkylblad[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const open = await read(href);
    expect(open).toMatch(/;väst;[^;]*;\.\.;/);
    expect(open).toMatch(/;öst;[^;]*;\.\.;/);
    expect(open).toMatch(/;Totalt;;8;/);
    expect(open).toContain('SMALL_HIDDEN');
    expect(page).not.toMatch(/>[26]</);
    expect(page).not.toContain('/personer/');
    const ofUnit = await read(`/tillsyn/kalkylblad?${scope}&unit=${idOf('väst')}&offentlig=ja`);
    expect(ofUnit).toMatch(/;Totalt;;\.\.;/);
  });

  it('is made again from what was saved, and comes out the same', async () => {
    const page = await read(`/tillsyn?${scope}`);
    const href = /href="(\/tillsyn\/sparad-rapport[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const saved = await read(href);
    const made = await again('/api/v1/reports/reproductions', JSON.parse(saved));
    expect(made).toMatchObject({ identical: true, differences: [], causes: [], compared: { units: 2 } });
    const told = await story.app.inject({ method: 'POST', url: '/tillsyn/gor-om', ...fileForm(saved) });
    expect(told.statusCode).toBe(200);
    expect(told.payload).toContain('Den blir densamma');
    expect(told.payload).toContain('för 2 enheter och totalt');
  });

  it('is told from one that was changed after it was made', async () => {
    const saved = JSON.parse(await read(`/tillsyn/sparad-rapport?${scope}`)) as { total: { population: number } };
    saved.total.population = 9;
    const made = await again('/api/v1/reports/reproductions', saved);
    expect(made['identical']).toBe(false);
    expect(list(made['differences'])).toEqual([{ path: 'total.population', from: 9, to: 8 }]);
    expect(list(made['causes']).map((cause) => cause['code'])).toEqual(['UNEXPLAINED']);
    const told = await story.app.inject({
      method: 'POST',
      url: '/tillsyn/gor-om',
      ...fileForm(JSON.stringify(saved)),
    });
    expect(told.payload).toContain('Den blir inte densamma');
    expect(told.payload).toContain('total.population');
  });

  it('is made by the rules of today where it names none: nobody’s list of rules is believed for being empty', async () => {
    const saved = JSON.parse(await read(`/tillsyn/sparad-rapport?${scope}`)) as { header: object };
    const made = await again('/api/v1/reports/reproductions', {
      ...saved,
      header: { ...saved.header, ruleVersions: [] },
    });
    expect(made).toMatchObject({ identical: false, earlierRules: false });
  });

  it('is asked for again where what was sent is none, and says what is wrong', async () => {
    expect(await again('/api/v1/reports/reproductions', {})).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: 'header' }],
    });
    for (const [text, words] of [
      ['', 'Välj en fil.'],
      ['hej', 'Filen är ingen sparad tillsynsrapport.'],
      ['{"header":{}}', 'header.controller'],
    ] as const) {
      const { statusCode, payload } = await story.app.inject({
        method: 'POST',
        url: '/tillsyn/gor-om',
        ...fileForm(text),
      });
      expect([statusCode, payload.includes(words), payload.includes('<title>Fel: ')]).toEqual([200, true, true]);
    }
  });

  it('is not taken from a form of another site under the path of the API, nor from a body that is no form', async () => {
    const api = await story.app.inject({ method: 'POST', url: '/api/v1/reports/reproductions', ...fileForm('{}') });
    expect(api.statusCode).toBe(415);
    const torn = { headers: { 'content-type': 'multipart/form-data; boundary=part' }, payload: '--part\r\nhej' };
    expect((await story.app.inject({ method: 'POST', url: '/tillsyn/gor-om', ...torn })).statusCode).toBe(400);
  });
});
