import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../kernel/time/day.js';
import {
  accepted,
  annulled,
  corrected,
  declined,
  merged,
  offered,
  policy,
  representative,
  started,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "Dokumentera i social journal om omsorgstagaren tackat ja eller nej" (routine, bilaga 2). */
describe('ANSWER', () => {
  const begun = [started('2024-01-01'), offered('2024-02-01')];
  const byGodMan = { answeredBy: 'REPRESENTATIVE', representative: 'god-man' } as const;

  it('is due, then late, while nobody has answered: silence is neither yes nor no (E4)', () => {
    const history = given(...begun);
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-02-01..2024-02-14 in time to 2024-02-14',
      'WARNING 2024-02-15..',
    ]);
    expect(history.assessment()?.standing).toEqual([]);
    history.on('2024-02-01').rule('ANSWER').restsOn('offered:offer');
  });

  it('is met from the first answer to this offer, until the next offer (E1)', () => {
    const history = given(
      ...begun,
      declined('2024-02-05').as('no'),
      offered('2024-06-01', 'second'),
      accepted('2024-06-03', 'second').as('yes'),
    );
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-02-01..2024-02-04 in time to 2024-02-14',
      'MET 2024-02-05..2024-05-31',
      'DUE 2024-06-01..2024-06-02 in time to 2024-06-14',
      'MET 2024-06-03..',
    ]);
    history.on('2024-02-05').rule('ANSWER').restsOn('offered:offer', 'no');
    history.on('2024-06-05').rule('ANSWER').restsOn('offered:second', 'yes');
  });

  it('is met from the first answer when there are several', () => {
    const history = given(...begun, accepted('2024-02-05').as('yes'), declined('2024-02-20').as('no'));
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-02-01..2024-02-04 in time to 2024-02-14',
      'MET 2024-02-05..',
    ]);
    history.on('2024-03-01').rule('ANSWER').restsOn('offered:offer', 'yes');
  });

  it('is not met by an answer to another offer, though that answer stands', () => {
    const history = given(...begun, offered('2024-02-10', 'second'), accepted('2024-02-12', 'offer'));
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-02-01..2024-02-23 in time to 2024-02-23',
      'WARNING 2024-02-24..',
    ]);
    expect(history.assessment()?.standing).toHaveLength(1);
  });

  it('is met from the offer’s day by an answer that is dated before it, which stands from its own day', () => {
    const history = given(...begun, accepted('2024-01-20'));
    expect(history.segments('ANSWER')).toEqual(['MET 2024-02-01..']);
    history.on('2024-01-20').rule('ASSIGNED').is('DUE');
    history.on('2024-01-19').rule('ASSIGNED').hasNoStatus();
  });

  it('has the target of the policy on the offer’s day, before the start as well', () => {
    given(
      policy('2023-12-01', { answerTargetDays: 20 }),
      policy('2024-01-01', {}),
      started('2024-01-01'),
      offered('2023-12-20'),
    )
      .on('2024-01-01')
      .rule('ANSWER')
      .is('DUE')
      .inTimeTo('2024-01-08');
  });

  it('takes no day when two offers are made on one day: the later entry is asked', () => {
    expect(
      given(
        started('2024-01-01'),
        offered('2024-02-01'),
        offered('2024-02-01', 'second'),
        accepted('2024-02-02', 'second'),
      ).segments('ANSWER'),
    ).toEqual(['DUE 2024-02-01..2024-02-01 in time to 2024-02-14', 'MET 2024-02-02..']);
  });

  it('is not met by an answer whose offer is annulled; the answer is named as what it is', () => {
    const history = given(
      ...begun,
      accepted('2024-02-05').as('void'),
      offered('2024-02-03', 'second'),
      annulled('offered:offer'),
    );
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-02-03..2024-02-16 in time to 2024-02-16',
      'WARNING 2024-02-17..',
    ]);
    expect(history.assessment()?.standing).toEqual([]);
    history.on('2024-02-20').rule('ANSWER').restsOn('offered:second', 'void');
  });

  it('is met by a representative who is registered by the day of the answer (E46, E47)', () => {
    given(...begun, representative('2024-02-05', 'god-man'), accepted('2024-02-05', 'offer', byGodMan))
      .on('2024-02-05')
      .rule('ANSWER')
      .is('MET');
    given(...begun, representative('2024-02-06', 'god-man'), accepted('2024-02-05', 'offer', byGodMan).as('too-early'))
      .on('2024-02-06')
      .rule('ANSWER')
      .is('DUE')
      .restsOn('offered:offer', 'too-early');
    given(...begun, accepted('2024-02-05', 'offer', byGodMan))
      .on('2024-02-06')
      .rule('ANSWER')
      .is('DUE');
    given(...begun, representative('2024-02-05', 'other'), accepted('2024-02-05', 'offer', byGodMan))
      .on('2024-02-06')
      .rule('ANSWER')
      .is('DUE');
    given(
      ...begun,
      representative('2024-02-05', 'god-man').as('r'),
      annulled('r', 'recipient:recipient'),
      accepted('2024-02-05', 'offer', byGodMan),
    )
      .on('2024-02-06')
      .rule('ANSWER')
      .is('DUE');
    given(
      ...begun,
      representative('2024-02-05', 'god-man'),
      accepted('2024-02-05', 'offer', { answeredBy: 'REPRESENTATIVE' }),
    )
      .on('2024-02-06')
      .rule('ANSWER')
      .is('DUE');
  });

  it('is met by a representative up to the last valid day (E47)', () => {
    const until = (validTo: string) =>
      given(...begun, representative('2024-01-01', 'god-man', { validTo }), accepted('2024-02-05', 'offer', byGodMan))
        .on('2024-02-06')
        .rule('ANSWER');
    until('2024-02-04').is('DUE');
    until('2024-02-05').is('MET');
    until('2024-02-06').is('MET');
  });

  it('asks nobody else when the recipient answers', () => {
    given(...begun, accepted('2024-02-05', 'offer', { answeredBy: 'RECIPIENT', representative: 'nobody' }))
      .on('2024-02-05')
      .rule('ANSWER')
      .is('MET');
  });

  it('knows the representatives of everyone who is the same person by merges, directly or through others (E42)', () => {
    const answer = accepted('2024-02-05', 'offer', byGodMan);
    const registered = representative('2024-01-01', 'god-man', {}, 'third');
    const through = [merged('2025-01-01', 'third', 'second'), merged('2025-02-01', 'recipient', 'second')];
    given(...begun, answer, registered, ...through)
      .on('2024-02-05')
      .rule('ANSWER')
      .is('MET');
    given(...begun, answer, registered, merged('2025-02-01', 'third', 'recipient'))
      .on('2024-02-05')
      .rule('ANSWER')
      .is('MET');
    given(...begun, answer, registered, merged('2025-02-01', 'third', 'second'))
      .on('2024-02-05')
      .rule('ANSWER')
      .is('DUE');
    given(
      ...begun,
      answer,
      registered,
      merged('2025-01-01', 'third', 'second'),
      merged('2025-02-01', 'recipient', 'second').as('m'),
      annulled('m', 'recipient:recipient'),
    )
      .on('2024-02-05')
      .rule('ANSWER')
      .is('DUE');
  });

  it('names in each period what was said in it that is no answer, and what was said to its own offer, but nothing that was said later', () => {
    const history = given(
      ...begun,
      accepted('2024-02-05', 'offer', byGodMan).as('first'),
      offered('2024-03-01', 'second'),
      accepted('2024-03-05', 'offer', byGodMan).as('late'),
      declined('2024-03-06', 'second', byGodMan).as('third'),
    );
    history.on('2024-02-10').rule('ANSWER').restsOn('offered:offer', 'first');
    history.on('2024-03-03').rule('ANSWER').restsOn('offered:second');
    history.on('2024-03-05').rule('ANSWER').restsOn('offered:second', 'late');
    history.on('2024-03-06').rule('ANSWER').restsOn('offered:second', 'late', 'third');
    given(...begun, accepted('2024-02-05', 'offer', byGodMan).as('void'), accepted('2024-02-07').as('answer'))
      .on('2024-02-07')
      .rule('ANSWER')
      .is('MET')
      .restsOn('offered:offer', 'answer', 'void');
  });

  it('names what was said to an annulled offer in the period in which it was said: from the offer’s day, to the day before the next; in the first what was said before it', () => {
    const annulledOffer = [offered('2024-01-15', 'gone').as('gone'), annulled('gone')];
    const namedIn = (said: string) => {
      const history = given(
        ...begun,
        offered('2024-03-01', 'second'),
        ...annulledOffer,
        accepted(said, 'gone').as('void'),
      );
      const period = (from: number): string => (from < dayOf('2024-03-01') ? '2024-02-01' : '2024-03-01');
      return [
        ...new Set(
          history
            .assessment()!
            .segments.filter((each) => each.rule === 'ANSWER' && each.evidence.includes('void'))
            .map((each) => period(each.from)),
        ),
      ];
    };
    expect(namedIn('2024-01-31')).toEqual(['2024-02-01']);
    expect(namedIn('2024-02-01')).toEqual(['2024-02-01']);
    expect(namedIn('2024-02-29')).toEqual(['2024-02-01']);
    expect(namedIn('2024-03-01')).toEqual(['2024-03-01']);
  });

  it('names what was said to an offer of the same day as the next, which has no days of its own', () => {
    const history = given(
      ...begun,
      offered('2024-02-01', 'second'),
      accepted('2024-01-20', 'offer', byGodMan).as('void'),
    );
    history.on('2024-02-05').rule('ANSWER').is('DUE').restsOn('offered:second', 'void');
  });

  it('says of each offer of a run when its answer was due', () => {
    const history = given(...begun, offered('2024-02-10', 'second'));
    expect(history.segments('ANSWER')).toEqual([
      'DUE 2024-02-01..2024-02-23 in time to 2024-02-23',
      'WARNING 2024-02-24..',
    ]);
    history.on('2024-02-09').rule('ANSWER').inTimeTo('2024-02-14');
    history.on('2024-02-10').rule('ANSWER').inTimeTo('2024-02-23');
  });

  it('follows a correction to the offer that was meant', () => {
    const history = given(
      ...begun,
      offered('2024-03-01', 'second'),
      accepted('2024-03-05', 'offer').as('yes'),
      corrected('yes', { data: { offer: 'second', answeredBy: 'RECIPIENT' } }),
    );
    history.on('2024-03-05').rule('ANSWER').is('MET');
    history.knownAt('2021-01-01T00:04:00Z').on('2024-03-05').rule('ANSWER').is('DUE');
  });
});
