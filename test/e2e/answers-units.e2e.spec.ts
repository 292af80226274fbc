import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareReports } from '../../src/answers/reports/compare.js';
import { comparisonText } from '../../src/answers/reports/comparison-text.js';
import { idOf, list, Story } from './answers-story.js';

/** What was known before the merge, the move and the policy, and after them. */
const BEFORE = '2026-01-16T08:00:00.000Z';
const AFTER = '2026-02-01T08:00:00.000Z';

describe('a person registered twice, an episode that moved, and a policy that came later', () => {
  let story: Story;
  const [kommunen, öst, väst] = [idOf('kommunen'), idOf('öst'), idOf('väst')];

  beforeAll(async () => {
    story = await Story.begin('2026-01-15T08:00:00.000Z');
    await story.tell('controller-kommunen', 'ControllerRegistered', '2020-01-01', {
      name: 'Kommunen',
      kind: 'MUNICIPAL',
      orgNumber: '212000-0142',
    });
    for (const unit of ['öst', 'väst'])
      await story.tell(`unit-${unit}`, 'UnitOpened', '2020-01-01', {
        controller: kommunen,
        name: unit,
        careForms: ['HOME_CARE'],
      });
    for (const name of ['anna', 'reserv']) {
      await story.tell(
        `recipient-${name}`,
        'RecipientRegistered',
        '2026-01-01',
        { controller: kommunen, identity: { type: 'RESERVE', value: name }, name: 'Anna', protection: 'NONE' },
        { documentedAt: '2026-01-04T08:00:00.123456789123Z' },
      );
      const started = {
        recipient: idOf(name),
        unit: öst,
        careForm: 'HOME_CARE',
        legalGround: 'SOL_NEEDS_ASSESSED',
        services: ['MEALS'],
      };
      await story.tell(`careEpisode-${name}s`, 'CareEpisodeStarted', '2026-01-01', started, {
        about: name,
        documentedAt: '9999-12-31T23:30:00Z',
      });
    }
    await story.until('2026-01-20T08:00:00.000Z');
    await story.tell('recipient-reserv', 'RecipientMerged', '2026-01-20', { into: idOf('anna') });
    await story.tell('careEpisode-annas', 'CareEpisodeMovedUnit', '2026-01-10', { unit: väst }, { about: 'anna' });
    await story.tell('policy-kommunen', 'PolicyAdopted', '2020-01-01', {
      controller: kommunen,
      version: '1',
      values: { lateRegistrationDays: 1 },
    });
    await story.until(AFTER);
  });
  afterAll(() => story.end());

  it('one person is one row of the unit, with both registrations while both have care there', async () => {
    const recipients = async (query: string) =>
      list((await story.get(`/units/${öst}/recipients?${query}`)).body['recipients']);
    const both = [idOf('anna'), idOf('reserv')].sort();
    expect((await recipients(`on=2026-01-09&knownAt=${BEFORE}`)).map(({ recipient }) => recipient)).toEqual(both);
    expect(await recipients('on=2026-01-09')).toMatchObject([
      { recipient: both[0], recipients: both, episodes: [{}, {}] },
    ]);
    const later = await recipients('on=2026-01-10');
    expect(later).toMatchObject([{ recipient: idOf('reserv'), episodes: [{ episode: idOf('reservs') }] }]);
    expect(later[0]).not.toHaveProperty('recipients');
  });

  it('an episode that is counted in another row is told when two knowledge times are compared', async () => {
    const comparison = await compareReports(story.register, { controller: kommunen }, '2026-01-15', BEFORE, AFTER);
    expect(comparison).toMatchObject({ figures: [], moved: [{ episode: idOf('annas'), from: öst, to: väst }] });
    expect(comparison.episodes).toMatchObject([
      {
        episode: idOf('annas'),
        // The merge and the policy came in between as well, and without them it would be counted there all the same.
        entries: [{ type: 'CareEpisodeMovedUnit' }],
      },
    ]);
    expect(comparisonText(comparison)).toContain(`${idOf('annas')}: ${öst} → ${väst}`);
  });

  it('an entry is late in its step by the policy of then, and in the history by what is known when it is asked', async () => {
    const timeline = async (query: string) =>
      list((await story.get(`/recipients/${idOf('anna')}/timeline?${query}`)).body['entries']).find(
        ({ type }) => String(type) === 'RecipientRegistered',
      );
    expect([(await timeline(`knownAt=${BEFORE}`))?.['late'], (await timeline(''))?.['late']]).toEqual([false, true]);
    const position = String((await timeline(''))?.['position']);
    for (const knownAt of ['', `&knownAt=${BEFORE}`]) {
      const { body } = await story.get(`/recipients/${idOf('anna')}/replay?to=${position}${knownAt}`);
      expect(body['event']).toMatchObject({ type: 'RecipientRegistered', late: false });
    }
  });

  it('an instant that no calendar reaches makes no answer fail: what it claims is shown, and is late', async () => {
    const { status, body } = await story.get(`/recipients/${idOf('anna')}/timeline`);
    expect(status).toBe(200);
    const started = list(body['entries']).find(({ type }) => String(type) === 'CareEpisodeStarted');
    expect(started).toMatchObject({ documentedAt: '9999-12-31T23:30:00Z', late: true });
    expect(
      (await story.get(`/reports/supervision/series?controller=${kommunen}&from=2026-01-15&to=2026-01-15&details=true`))
        .status,
    ).toBe(200);
  });
});
