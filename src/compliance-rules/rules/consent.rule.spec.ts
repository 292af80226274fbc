import { describe, expect, it } from '@jest/globals';
import {
  annulled,
  consentGiven,
  consentWithdrawn,
  followUpHeld,
  informed,
  planAgreed,
  planRevised,
  started,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "efter samtycke från omsorgstagaren" (routine, Överenskommelse och samtycke). */
describe('CONSENT', () => {
  const care = started('2024-01-01');
  const consent = consentGiven('2024-01-05', 'c').as('consent');
  const daughter = [{ kind: 'RECIPIENT' }, { kind: 'RELATIVE', name: null, consent: 'c' }] as const;
  const status = (...facts: readonly GivenFact[]) => given(care, ...facts).segments('CONSENT');

  it('has a status on the day of each kind of meeting with a relative, and on no other day', () => {
    for (const meeting of [
      informed('2024-02-01', [], { attendees: daughter }),
      followUpHeld('2024-02-01', { attendees: daughter }),
      planAgreed('2024-02-01', { participants: daughter }),
      planRevised('2024-02-01', { participants: daughter }),
    ]) {
      const history = given(care, consent, meeting.as('meeting'));
      expect(history.segments('CONSENT')).toEqual(['MET 2024-02-01..2024-02-01']);
      history.on('2024-02-01').rule('CONSENT').restsOn('meeting', 'consent');
      expect(status(meeting)).toEqual(['WARNING 2024-02-01..2024-02-01']);
    }
    expect(status(followUpHeld('2024-02-01', { attendees: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }] }))).toEqual([]);
  });

  it('warns of a legal representative whom the register does not know', () => {
    expect(
      status(followUpHeld('2024-02-01', { attendees: [{ kind: 'RECIPIENT' }, { kind: 'REPRESENTATIVE' }] })),
    ).toEqual(['WARNING 2024-02-01..2024-02-01']);
  });

  it('warns of a relative without consent (E51), of one who names another’s, and of one among several', () => {
    expect(status(consent, followUpHeld('2024-02-01', { attendees: [{ kind: 'RELATIVE' }] }))).toEqual([
      'WARNING 2024-02-01..2024-02-01',
    ]);
    expect(
      status(consent, followUpHeld('2024-02-01', { attendees: [{ kind: 'RELATIVE', consent: 'other' }] })),
    ).toEqual(['WARNING 2024-02-01..2024-02-01']);
    expect(status(consent, followUpHeld('2024-02-01', { attendees: [...daughter, { kind: 'RELATIVE' }] }))).toEqual([
      'WARNING 2024-02-01..2024-02-01',
    ]);
    expect(
      status(
        consent,
        consentGiven('2024-01-06', 'd'),
        followUpHeld('2024-02-01', { attendees: [...daughter, { kind: 'RELATIVE', consent: 'd' }] }),
      ),
    ).toEqual(['MET 2024-02-01..2024-02-01']);
  });

  it('asks for consent to be at meetings', () => {
    expect(
      status(
        consentGiven('2024-01-05', 'c', ['INFORM', 'CONTACT_DETAILS']),
        followUpHeld('2024-02-01', { attendees: daughter }),
      ),
    ).toEqual(['WARNING 2024-02-01..2024-02-01']);
    expect(
      status(
        consentGiven('2024-01-05', 'c', ['INFORM', 'ATTEND_MEETINGS']),
        followUpHeld('2024-02-01', { attendees: daughter }),
      ),
    ).toEqual(['MET 2024-02-01..2024-02-01']);
  });

  it('takes consent given on the day itself, and none given later; by date, not by order', () => {
    expect(status(followUpHeld('2024-01-05', { attendees: daughter }), consent)).toEqual([
      'MET 2024-01-05..2024-01-05',
    ]);
    expect(status(followUpHeld('2024-01-04', { attendees: daughter }), consent)).toEqual([
      'WARNING 2024-01-04..2024-01-04',
    ]);
  });

  it('takes none that is withdrawn by the day, the day included (E50)', () => {
    const meeting = followUpHeld('2024-02-01', { attendees: daughter });
    expect(status(consent, meeting, consentWithdrawn('2024-02-02', 'c'))).toEqual(['MET 2024-02-01..2024-02-01']);
    expect(status(consent, meeting, consentWithdrawn('2024-02-01', 'c'))).toEqual(['WARNING 2024-02-01..2024-02-01']);
    expect(status(consent, meeting, consentWithdrawn('2024-01-31', 'other'))).toEqual(['MET 2024-02-01..2024-02-01']);
    expect(status(consent, meeting, consentWithdrawn('2024-01-31', 'c').as('w'), annulled('w'))).toEqual([
      'MET 2024-02-01..2024-02-01',
    ]);
    expect(status(consent, consentWithdrawn('2024-01-01', 'c'), meeting)).toEqual(['WARNING 2024-02-01..2024-02-01']);
  });

  it('judges each day by its own meetings', () => {
    const history = given(
      care,
      consent,
      followUpHeld('2024-02-01', { attendees: daughter }).as('first'),
      informed('2024-02-02', [], { attendees: [{ kind: 'RELATIVE' }] }).as('second'),
    );
    expect(history.segments('CONSENT')).toEqual(['MET 2024-02-01..2024-02-01', 'WARNING 2024-02-02..2024-02-02']);
    history.on('2024-02-01').rule('CONSENT').restsOn('first', 'consent');
    history.on('2024-02-02').rule('CONSENT').restsOn('second');
  });

  it('judges all meetings of a day together, and joins days that follow one another', () => {
    expect(
      status(
        consent,
        followUpHeld('2024-02-01', { attendees: daughter }),
        informed('2024-02-01', [], { attendees: [{ kind: 'RELATIVE' }] }),
      ),
    ).toEqual(['WARNING 2024-02-01..2024-02-01']);
    expect(
      status(
        consent,
        followUpHeld('2024-02-01', { attendees: daughter }),
        informed('2024-02-02', [], { attendees: daughter }),
        informed('2024-02-04', [], { attendees: daughter }),
      ),
    ).toEqual(['MET 2024-02-01..2024-02-02', 'MET 2024-02-04..2024-02-04']);
  });
});
