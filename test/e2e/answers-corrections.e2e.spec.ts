import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareReports } from '../../src/answers/reports/compare.js';
import { comparisonText, reproductionText } from '../../src/answers/reports/comparison-text.js';
import { readSavedReport, reproduce } from '../../src/answers/reports/reproduce.js';
import { idOf, list, Story } from './answers-story.js';

const JANUARY = '2026-01-20T12:00:00.000Z';
const FEBRUARY = '2026-02-20T12:00:00.000Z';
const MARCH = '2026-03-20T12:00:00.000Z';

/** Corrections, wrong recipients, merges and what they do to a report that was made before (E34–E43). */
describe('what was true and what was known', () => {
  let story: Story;
  let misplaced: string;
  let moved: string;
  let annulment: string;
  let merge: string;
  let savedInJanuary: string;

  const recipient = (name: string) => `/recipients/${idOf(name)}`;
  const report = `/reports/supervision?controller=${idOf('kommunen')}&on=2026-01-15`;

  beforeAll(async () => {
    story = await Story.begin('2026-01-10T08:00:00.000Z');
    const kommunen = idOf('kommunen');
    await story.tell('controller-kommunen', 'ControllerRegistered', '2020-01-01', {
      name: 'Kommunen',
      kind: 'MUNICIPAL',
      orgNumber: '212000-0142',
    });
    await story.tell('unit-öst', 'UnitOpened', '2020-01-01', {
      controller: kommunen,
      name: 'Öst',
      careForms: ['HOME_CARE'],
    });
    await story.tell('policy-kommunen', 'PolicyAdopted', '2025-01-01', {
      controller: kommunen,
      version: 3,
      values: { offerTargetDays: 7, lateRegistrationDays: 60 },
    });
    await story.tell('staff-sara', 'StaffRegistered', '2020-01-01', {
      controller: kommunen,
      unit: idOf('öst'),
      name: 'Sara',
    });
    for (const [name, number] of [
      ['anna', '19121212-1212'],
      ['bo', '20000101-2384'],
    ] as const) {
      await story.tell(`recipient-${name}`, 'RecipientRegistered', '2025-12-01', {
        controller: kommunen,
        identity: { type: 'PERSONNUMMER', value: number },
        name,
        protection: 'NONE',
      });
      await story.tell(
        `careEpisode-${name}s`,
        'CareEpisodeStarted',
        '2025-12-01',
        {
          recipient: idOf(name),
          unit: idOf('öst'),
          careForm: 'HOME_CARE',
          legalGround: 'SOL_NEEDS_ASSESSED',
          services: [],
        },
        { about: name },
      );
    }
    await story.tell('recipient-reserv', 'RecipientRegistered', '2025-12-02', {
      controller: kommunen,
      identity: { type: 'RESERVE', value: 'R-1' },
      name: 'Okänd',
      protection: 'NONE',
    });
    misplaced = await story.tell(
      'careEpisode-annas',
      'ContactOffered',
      '2025-12-05',
      { offer: idOf('o1'), by: idOf('sara') },
      { about: 'anna' },
    );
    await story.until(JANUARY);
    savedInJanuary = (await story.get(report)).text;
    await story.until('2026-01-25T12:00:00.000Z');

    moved = await story.tell(
      'careEpisode-bos',
      'ContactOffered',
      '2025-12-05',
      { offer: idOf('o2'), by: idOf('sara') },
      { about: 'bo' },
    );
    annulment = await story.tell(
      'careEpisode-annas',
      'EntryAnnulled',
      '2026-01-20',
      { corrects: misplaced, cause: 'WRONG_RECIPIENT', reason: 'Gällde Bo', movedTo: moved },
      { about: 'anna' },
    );
    merge = await story.tell('recipient-reserv', 'RecipientMerged', '2026-01-20', { into: idOf('anna') });
    await story.until('2026-03-01T12:00:00.000Z');
    await story.tell('recipient-reserv', 'EntryAnnulled', '2026-03-01', {
      corrects: merge,
      cause: 'OTHER',
      reason: 'Inte samma person',
    });
    await story.until(MARCH);
  });

  afterAll(() => story.end());

  it('an entry in the wrong recipient’s history is annulled there, linked to the right one, and known as it was before (E37)', async () => {
    const { body } = await story.get(`${recipient('anna')}/timeline`);
    expect(list(body['entries']).find((entry) => String(entry['eventId']) === misplaced)).toMatchObject({
      status: 'ANNULLED',
      correctedBy: annulment,
    });
    expect(list(body['entries']).find((entry) => String(entry['eventId']) === annulment)).toMatchObject({
      data: { movedTo: moved, reason: 'Gällde Bo' },
    });
    expect(
      list((await story.get(`${recipient('bo')}/timeline`)).body['entries']).map((entry) => entry['eventId']),
    ).toContain(moved);
    const then = await story.get(`${recipient('anna')}/timeline?knownAt=${JANUARY}`);
    expect(list(then.body['entries']).find((entry) => String(entry['eventId']) === misplaced)).toMatchObject({
      status: 'VALID',
    });
  });

  it('lateness follows the policy of the controller (E34)', async () => {
    const { body } = await story.get(`${recipient('anna')}/timeline`);
    expect(list(body['entries']).map((entry) => entry['late'])).toEqual([false, false, false, false]);
  });

  it('two recipients that are merged have one history while the merge is known to hold, and two afterwards (E42)', async () => {
    const merged = await story.get(`${recipient('reserv')}/timeline?knownAt=${FEBRUARY}`);
    expect(merged.body['recipients']).toEqual([idOf('anna'), idOf('reserv')].sort());
    expect(list(merged.body['entries']).map((entry) => entry['eventId'])).toContain(misplaced);
    const parted = await story.get(`${recipient('reserv')}/timeline`);
    expect(parted.body['recipients']).toEqual([idOf('reserv')]);
    expect(list(parted.body['entries']).map((entry) => [entry['type'], entry['status']])).toEqual([
      ['RecipientRegistered', 'VALID'],
      ['RecipientMerged', 'ANNULLED'],
      ['EntryAnnulled', 'VALID'],
    ]);
  });

  it('a merge is one step of the history, in which the episodes of the other come in', async () => {
    const timeline = await story.get(`${recipient('reserv')}/timeline?knownAt=${FEBRUARY}`);
    const position = String(
      list(timeline.body['entries']).find((entry) => String(entry['eventId']) === merge)?.['position'],
    );
    const { body } = await story.get(`${recipient('reserv')}/replay?to=${position}`);
    expect(Object.keys(body['before']?.['state']?.['recipients'] ?? {})).toEqual([idOf('reserv')]);
    expect(Object.keys(body['after']?.['state']?.['recipients'] ?? {}).sort()).toEqual(
      [idOf('anna'), idOf('reserv')].sort(),
    );
    expect(list(body['changed']?.['compliance'])).toContainEqual({
      episode: idOf('annas'),
      rule: 'OFFER',
      from: null,
      to: 'BREACH',
    });
  });

  it('a saved report is made again, the same, after corrections', async () => {
    const saved = readSavedReport(savedInJanuary);
    const again = await reproduce(story.register, saved);
    expect(again).toMatchObject({ identical: true, differences: [], causes: [], earlierRules: false });
    const { header } = JSON.parse(savedInJanuary);
    expect(again.report.header).toMatchObject({ knownAt: header.knownAt, leaf: header.leaf, policyVersion: '3' });
    expect(reproductionText(again)).toContain('IDENTISK');
  });

  it('a saved report that was altered is told apart, place by place, and so is one that rests on other entries', async () => {
    const altered = JSON.parse(savedInJanuary);
    altered.rows[0].unanswered = 2;
    altered.header.facts += 1;
    const again = await reproduce(story.register, readSavedReport(JSON.stringify(altered)));
    expect(again.identical).toBe(false);
    expect(again.differences).toEqual([
      { path: 'header.facts', from: altered.header.facts, to: altered.header.facts - 1 },
      { path: `rows.${idOf('öst')}.unanswered`, from: 2, to: 1 },
    ]);
    expect(again.causes.map(({ code }) => code)).toEqual(['ENTRIES']);
    altered.header.facts -= 1;
    expect(
      (await reproduce(story.register, readSavedReport(JSON.stringify(altered)))).causes.map(({ code }) => code),
    ).toEqual(['UNEXPLAINED']);
  });

  it('a report of before instants were named is made again by its facts, whatever else its clock says', async () => {
    const old = JSON.parse(savedInJanuary);
    for (const since of ['leaf', 'register', 'requestedKnownAt', 'closed']) delete old.header[since];
    const { facts } = old.header;
    // As if all that came after it had been recorded in the millisecond in which it was made.
    old.header.knownAt = story.clock.now();
    const again = await reproduce(story.register, readSavedReport(JSON.stringify(old)));
    expect(again).toMatchObject({ identical: true, causes: [], report: { header: { facts } } });
    old.rows[0].unanswered = 2;
    expect(await reproduce(story.register, readSavedReport(JSON.stringify(old)))).toMatchObject({
      identical: false,
      causes: [{ code: 'UNEXPLAINED' }],
    });
    old.header.late = true;
    expect(
      (await reproduce(story.register, readSavedReport(JSON.stringify(old)))).causes.map(({ code }) => code),
    ).toEqual(['NOT_CURRENT']);
  });

  it('a report names the register and the log that it was made from', async () => {
    const { header } = JSON.parse(savedInJanuary);
    const codesOf = async (changes: object) =>
      (
        await reproduce(
          story.register,
          readSavedReport(JSON.stringify({ ...JSON.parse(savedInJanuary), header: { ...header, ...changes } })),
        )
      ).causes.map(({ code }) => code);
    expect(header).toMatchObject({
      register: await story.register.registerId(),
      leaf: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await codesOf({ leaf: header.leaf.replace(/^../, '00') })).toEqual(['OTHER_LOG']);
    expect(await codesOf({ register: '10000000-0000-4000-8000-000000000000' })).toEqual(['OTHER_REGISTER']);
    expect(await codesOf({ knownAt: (await story.register.knowledge.at()).knownAt })).toContain('ENTRIES');
    expect(await codesOf({ late: true, position: '7', requestedKnownAt: MARCH, closed: false })).toEqual([]);
  });

  it('a report holds all that is known also when the clock was turned back, and says since when it is', async () => {
    const now = story.clock.now();
    const { header, total } = JSON.parse((await story.get(report)).text) as {
      header: { facts: number };
      total: unknown;
    };
    story.clock.set('2026-01-01T08:00:00.000Z');
    const behind = (await story.get(report)).body;
    story.clock.set(now);
    expect(behind).toMatchObject({
      total,
      header: {
        facts: header.facts,
        knownAt: (await story.register.knowledge.at()).knownAt,
      },
    });
  });

  it('a report by rule versions that this program does not have is told to be so', async () => {
    const saved = JSON.parse(savedInJanuary);
    saved.header.ruleVersions[0].version = '0';
    expect((await reproduce(story.register, readSavedReport(JSON.stringify(saved)))).causes).toEqual([
      { code: 'RULE_VERSION', text: expect.stringContaining('OFFER bedömdes i version 0; programmet har 1') },
    ]);
  });

  it.each(['{', '[]', '{"header":{}}'])('what is no report is refused: %s', (text) => {
    expect(() => readSavedReport(text)).toThrow(/file/);
  });

  it('two knowledge times are compared: figures, episodes, and the entries that changed them', async () => {
    const comparison = await compareReports(
      story.register,
      { controller: idOf('kommunen') },
      '2026-01-15',
      JANUARY,
      MARCH,
    );
    expect(comparison.figures.filter(({ figure }) => ['unanswered', 'offerBreach'].includes(figure))).toEqual([
      { figure: 'unanswered', from: 1, to: 1, entered: [idOf('bos')], left: [idOf('annas')] },
      { figure: 'offerBreach', from: 1, to: 1, entered: [idOf('annas')], left: [idOf('bos')] },
    ]);
    const entries = new Map(
      comparison.episodes.map(({ episode, entries: between }) => [episode, between.map(({ eventId }) => eventId)]),
    );
    expect(entries.get(idOf('bos'))).toEqual([moved]);
    expect(entries.get(idOf('annas'))).toContain(annulment);
    expect(comparisonText(comparison)).toContain('Erbjudna utan svar: 1 → 1');
    expect(
      (await compareReports(story.register, { controller: idOf('kommunen') }, '2026-01-15', MARCH, MARCH)).figures,
    ).toEqual([]);
  });
});
