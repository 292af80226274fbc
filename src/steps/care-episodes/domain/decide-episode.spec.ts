import { describe, it } from '@jest/globals';
import {
  annulled,
  corrected,
  ended,
  GivenFact,
  movedUnit,
  paused,
  resumed,
  started,
  unitOpened,
} from '../../../compliance-rules/testing/facts.spec-helper.js';
import { given, step } from './care-episode.spec-helper.js';
import { endEpisode, moveEpisode, pauseEpisode, resumeEpisode, startEpisode } from './decide-episode.js';

const closed = (unit: string, day: string) => new GivenFact(`unit:${unit}`, 'UnitClosed', day, {});
const start = started('2024-01-01');

describe('the care starts', () => {
  it('in a unit', () => given().when(startEpisode, step(start)).isAccepted());
  it('not in a unit that is closed that day', () =>
    given(unitOpened('unit', '2020-01-01', 'm'), closed('unit', '2024-01-01'))
      .when(startEpisode, step(start))
      .isRefused('UNIT_CLOSED', { unit: 'unit' }));
  it('in a unit that closes later', () =>
    given(unitOpened('unit', '2020-01-01', 'm'), closed('unit', '2024-01-02'))
      .when(startEpisode, step(start))
      .isAccepted());
});

describe('the care goes on in another unit (E24)', () => {
  it('that is open', () =>
    given(start)
      .when(moveEpisode, step(movedUnit('2024-02-01', 'other')))
      .isAccepted());
  it('not in one that is closed', () =>
    given(start, closed('other', '2024-01-15'))
      .when(moveEpisode, step(movedUnit('2024-02-01', 'other')))
      .isRefused('UNIT_CLOSED'));
});

describe('a pause (E28)', () => {
  it('begins', () =>
    given(start)
      .when(pauseEpisode, step(paused('2024-02-01')))
      .isAccepted());
  it('does not begin twice', () =>
    given(start, paused('2024-02-01'))
      .when(pauseEpisode, step(paused('2024-02-05')))
      .isRefused('EPISODE_ALREADY_PAUSED'));
  it('ends', () =>
    given(start, paused('2024-02-01'))
      .when(resumeEpisode, step(resumed('2024-02-05')))
      .isAccepted());
  it('does not end twice', () =>
    given(start, paused('2024-02-01'), resumed('2024-02-05'))
      .when(resumeEpisode, step(resumed('2024-02-06')))
      .isRefused('EPISODE_NOT_PAUSED'));
  it('is recorded late, before another one', () =>
    given(start, paused('2024-02-01'))
      .when(pauseEpisode, step(paused('2024-01-10')))
      .isAccepted());
});

describe('the care ends (E29)', () => {
  it('after its start', () =>
    given(start)
      .when(endEpisode, step(ended('2024-06-01')))
      .isAccepted());
  it('on its first day, when it never came about', () =>
    given(start)
      .when(endEpisode, step(ended('2024-01-01')))
      .isAccepted());
  it('not before its first day', () =>
    given(start)
      .when(endEpisode, step(ended('2023-12-31')))
      .isRefused('EPISODE_END_BEFORE_START', { startsOn: '2024-01-01' }));
  it('once', () =>
    given(start, ended('2024-06-01').as('end'))
      .when(endEpisode, step(ended('2024-05-01')))
      .isRefused('EPISODE_ALREADY_ENDED', { endedOn: '2024-06-01', endedBy: 'end' }));
  it('again, when the first end never happened', () =>
    given(start, ended('2024-06-01').as('end'), annulled('end'))
      .when(endEpisode, step(ended('2024-05-01')))
      .isAccepted());
  it('only if it began', () =>
    given(start.as('start'), annulled('start'))
      .when(endEpisode, step(ended('2024-06-01')))
      .isRefused('EPISODE_ANNULLED'));
  it('not before a corrected first day', () =>
    given(started('2024-01-01').as('begin'), corrected('begin', { effectiveOn: '2024-03-01' }))
      .when(endEpisode, step(ended('2024-02-01')))
      .isRefused('EPISODE_END_BEFORE_START'));
});
