import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  annulled,
  assigned,
  contactEnded,
  corrected,
  declined,
  ended,
  followUpHeld,
  movedUnit,
  offered,
  paused,
  planAgreed,
  recordedIn,
  resumed,
  started,
  titleVerified,
  trained,
  transitionDocumented,
  unitOpened,
  unnecessary,
} from './testing/facts.spec-helper.js';
import { given } from './testing/history.spec-helper.js';

/**
 * Odd things that happen, by their number in the project's list of edge cases. What one rule alone answers stands in
 * that rule's spec.
 */
describe('edge cases', () => {
  const accord = [started('2024-01-01'), offered('2024-01-05'), accepted('2024-01-06')];

  it('E1, E3: a no never blocks; a yes, a no and a yes again each open their own clocks', () => {
    const history = given(
      ...accord,
      declined('2024-02-01'),
      offered('2024-06-01', 'again'),
      accepted('2024-06-02', 'again'),
    );
    history.on('2024-01-10').rule('ASSIGNED').is('DUE');
    history.on('2024-03-01').rule('ASSIGNED').hasNoStatus();
    history.on('2024-03-01').rule('PLAN').hasNoStatus();
    history.on('2024-06-02').rule('ASSIGNED').is('DUE').inTimeTo('2024-06-15');
    history.on('2024-06-02').rule('PLAN').is('DUE').inTimeTo('2024-07-01');
  });

  it('E13: who was appointed without the title in 2024 is an appointment and a breach', () => {
    const history = given(...accord, assigned('2024-01-10'));
    history.on('2024-01-10').rule('ASSIGNED').is('MET');
    history.on('2024-01-10').rule('TITLE', 'assignment').is('BREACH', 'NONE');
  });

  it('E16, E18: neither an application nor a post that was not permanent is a title', () => {
    given(...accord, assigned('2024-01-10'), trained('anna', '2023-01-01'))
      .on('2024-02-01')
      .rule('TITLE', 'assignment')
      .is('BREACH', 'NONE');
  });

  it('E19: the transition ends by the calendar, with no event, and is seen coming', () => {
    const history = given(...accord, assigned('2024-01-10'), transitionDocumented('anna', '2023-07-01'));
    history.on('2032-07-01').rule('TITLE', 'assignment').is('MET', 'TRANSITION').inTimeTo('2033-06-30');
    history.on('2033-07-01').rule('TITLE', 'assignment').is('BREACH', 'NONE').since('2033-07-01');
  });

  it('E24: a move to another unit ends nothing', () => {
    const history = given(
      unitOpened('other', '2000-01-01', 'municipality'),
      ...accord,
      assigned('2024-01-10'),
      movedUnit('2024-03-01', 'other'),
    );
    expect(history.segments('ASSIGNED')).toEqual([
      'DUE 2024-01-06..2024-01-09 in time to 2024-01-19',
      'MET 2024-01-10..',
    ]);
    expect(history.assessment()?.units.map(({ unit }) => unit)).toEqual(['unit', 'other']);
  });

  it('E28: a stay in hospital switches no rule off', () => {
    const history = given(...accord, assigned('2024-01-10'), paused('2024-02-01'), resumed('2024-03-01'));
    for (const rule of ['OFFER', 'ANSWER', 'ASSIGNED']) history.on('2024-02-10').rule(rule).is('MET');
    history.on('2024-02-10').rule('PLAN').is('DUE');
    history.on('2024-02-10').rule('TRAINING', 'assignment').is('BREACH');
    history.on('2024-03-04').rule('PLAN').is('DUE').inTimeTo('2024-03-04');
    history.on('2024-03-05').rule('PLAN').is('BREACH');
  });

  it('E29, E30: with the end, or a death, everything stops', () => {
    const history = given(...accord, assigned('2024-01-10'), planAgreed('2024-01-20'), ended('2024-04-01'));
    expect(history.assessment()?.segments.filter(({ from, to }) => to === undefined || to > from + 1000)).toEqual([]);
    for (const rule of ['OFFER', 'ANSWER', 'ASSIGNED', 'PLAN', 'FOLLOW_UP'])
      history.on('2024-04-01').rule(rule).hasNoStatus();
    history.on('2024-03-31').rule('FOLLOW_UP').is('MET');
  });

  it('E29: what is entered after the end is accepted and judges nothing', () => {
    expect(
      given(...accord, ended('2024-02-01'), assigned('2024-03-01'), followUpHeld('2024-03-02')).segments('ASSIGNED'),
    ).toEqual(['DUE 2024-01-06..2024-01-19 in time to 2024-01-19', 'BREACH 2024-01-20..2024-01-31']);
  });

  it('E32, E33: the duty asks for no form of decision', () => {
    given(started('2024-01-01')).on('2024-01-15').rule('OFFER').is('BREACH');
  });

  it('E34, E40: a late entry changes what is known of the past, and what was known then can still be told', () => {
    const history = given(
      started('2024-01-01').knownFrom('2024-01-02T08:00:00.000Z'),
      offered('2024-01-05').knownFrom('2024-06-01T08:00:00.000Z'),
    );
    history.on('2024-03-01').rule('OFFER').is('MET');
    history.knownAt('2024-06-01T08:00:00Z').on('2024-03-01').rule('OFFER').is('MET');
    history.knownAt('2024-06-01T07:59:59Z').on('2024-03-01').rule('OFFER').is('BREACH');
    expect(history.knownAt('2024-01-01T00:00:00Z').assessment()).toBeUndefined();
  });

  it('E34: what was known when holds for staff, units and policies as well', () => {
    const history = given(
      ...accord,
      assigned('2024-01-10'),
      titleVerified('anna', '2024-01-10', '2023-08-01').knownFrom('2024-09-01T08:00:00.000Z'),
    );
    history.knownAt('2024-08-31T00:00:00Z').on('2024-02-01').rule('TITLE', 'assignment').is('BREACH');
    history.knownAt('2024-09-02T00:00:00Z').on('2024-02-01').rule('TITLE', 'assignment').is('MET');
  });

  it('E35: the order of arrival of facts of different days changes nothing', () => {
    const facts = [
      started('2024-01-01'),
      offered('2024-01-05'),
      accepted('2024-01-06'),
      assigned('2024-01-10'),
      contactEnded('2024-03-01'),
    ];
    expect(given(...facts).segments('ASSIGNED')).toEqual(
      given(facts[0]!, ...facts.slice(1).reverse()).segments('ASSIGNED'),
    );
  });

  it('E36: an appointment that is cancelled before it starts never was active', () => {
    const history = given(...accord, assigned('2024-06-01'), contactEnded('2024-05-20'));
    history.on('2024-06-01').rule('ASSIGNED').is('BREACH');
    expect(history.assessment()?.assignments).toEqual([]);
  });

  it('E37: an entry about the wrong person counts no more', () => {
    const history = given(...accord, assigned('2024-01-10').as('wrong'), annulled('wrong'));
    history.on('2024-01-20').rule('ASSIGNED').is('BREACH');
  });

  it('E38, E39: a corrected appointment keeps its id, so that what is recorded about it still is', () => {
    const documents = [
      recordedIn('JOURNAL', '2024-01-15'),
      recordedIn('PLAN', '2024-01-15'),
      recordedIn('PROFILE', '2024-01-15'),
    ];
    const history = given(
      ...accord,
      assigned('2024-01-10'),
      ...documents,
      corrected('appointed:assignment', { effectiveOn: '2024-01-08' }),
    );
    expect(history.segments('NAMED', 'assignment')).toEqual([
      'DUE 2024-01-08..2024-01-14 in time to 2024-01-21',
      'MET 2024-01-15..',
    ]);
  });

  it('E58: a law that moves in the middle of an assignment moves nothing else', () => {
    const history = given(...accord, assigned('2024-01-10'));
    expect(history.segments('OFFER')).toEqual(['DUE 2024-01-01..2024-01-04 in time to 2024-01-14', 'MET 2024-01-05..']);
    expect(history.segments('TITLE', 'assignment')).toEqual(['BREACH NONE 2024-01-10..']);
  });

  it('E65: leap days and month ends are ordinary days', () => {
    given(started('2024-02-28'), unnecessary('2024-02-29'))
      .on('2024-02-29')
      .rule('OFFER')
      .is('MET')
      .since('2024-02-29');
  });
});
