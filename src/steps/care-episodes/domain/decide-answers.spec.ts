import { describe, it } from '@jest/globals';
import {
  accepted,
  annulled,
  consentGiven,
  consentWithdrawn,
  corrected,
  declined,
  ended,
  GivenFact,
  informed,
  merged,
  offered,
  representative,
  staffMovedUnit,
  started,
  unitOpened,
} from '../../../compliance-rules/testing/facts.spec-helper.js';
import { Facts } from '../../../compliance-rules/facts.js';
import { resolveEntries } from '../../../compliance-rules/resolve-entries.js';
import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import type { Proposed } from '../../../facts/proposed.js';
import type { Decide } from '../../../kernel/event-sourcing/decider.js';
import { given, step } from './care-episode.spec-helper.js';
import { answerOffer, giveInformation, withdrawConsent } from './decide-answers.js';
import { offerContact } from './decide-offers.js';
import type { CareEpisode } from './care-episode.js';

const anna = new GivenFact('staff:anna', 'StaffRegistered', '2023-01-01', {
  controller: 'municipality',
  unit: 'unit',
  name: null,
});
const recordOfferBy =
  (staff: readonly GivenFact[], actorRole = 'CARE_CONTACT'): Decide<CareEpisode, Proposed<'ContactOffered'>> =>
  (proposed, episode) =>
    offerContact(proposed, {
      episode,
      offeredBy: new Facts(resolveEntries(dossierOf(staff).staff.get('anna') ?? [])),
      actorRole,
    });
const recordOffer = recordOfferBy([anna]);
const byRepresentative = { answeredBy: 'REPRESENTATIVE', representative: 'god-man' } as const;

describe('the offer (routine, Bilaga 2: "Säg att hen kan tacka ja eller nej")', () => {
  it('is made to who has home care', () =>
    given(started('2024-01-01'))
      .when(recordOffer, step(offered('2024-01-10')))
      .isAccepted());
  it('may be made before the care starts (E6)', () =>
    given(started('2024-01-01'))
      .when(recordOffer, step(offered('2023-12-20')))
      .isAccepted());
  it('is looked at again when it is dated more than ninety days before the care', () => {
    given(started('2024-04-10'))
      .when(recordOffer, step(offered('2024-01-11')))
      .isAccepted();
    given(started('2024-04-10'))
      .when(recordOffer, step(offered('2024-01-10')))
      .isAccepted('OFFERED_EARLY');
  });
  it('may be made again after a no (E1)', () =>
    given(started('2024-01-01'), offered('2024-01-10'), declined('2024-01-12'))
      .when(recordOffer, step(offered('2024-03-01', 'second')))
      .isAccepted());
  it('is not made when the care has ended', () =>
    given(started('2024-01-01'), ended('2024-02-01'))
      .when(recordOffer, step(offered('2024-02-01')))
      .isRefused('EPISODE_ENDED', { endedOn: '2024-02-01' }));
  it('is not made in an episode that never was', () =>
    given(started('2024-01-01').as('start'), annulled('start'))
      .when(recordOffer, step(offered('2024-01-10')))
      .isRefused('EPISODE_ANNULLED'));
});

describe('who offers', () => {
  const movedTo = (day: string) => staffMovedUnit('anna', day);
  const moved = movedTo('2024-01-10');
  const manages = (staff: string, day: string) => new GivenFact('unit:unit', 'UnitManagerAppointed', day, { staff });
  const opened = unitOpened('unit', '2020-01-01', 'municipality');

  it.each<[string, readonly GivenFact[], readonly GivenFact[], string, readonly string[]]>([
    ['somebody of the unit', [], [anna], 'CARE_STAFF', []],
    ['the case officer, in the name of the unit', [], [anna], 'CASE_OFFICER', ['OFFERED_BY']],
    ['somebody of another unit', [], [anna, moved], 'CARE_STAFF', ['OFFERED_BY']],
    ['somebody who moved away the day after', [], [anna, movedTo('2024-01-11')], 'CARE_STAFF', []],
    ['its manager, who works elsewhere', [manages('anna', '2024-01-10')], [anna, moved], 'UNIT_MANAGER', []],
    ['its manager to come', [manages('anna', '2024-01-11')], [anna, moved], 'UNIT_MANAGER', ['OFFERED_BY']],
    ['nobody who is registered', [], [], 'CARE_STAFF', ['OFFERED_BY']],
  ])('%s', (_, unit, staff, role, warnings) =>
    given(started('2024-01-01'), opened, ...unit)
      .when(recordOfferBy(staff, role), step(offered('2024-01-10')))
      .isAccepted(...warnings),
  );
});

describe('the answer', () => {
  const offer = [started('2024-01-01'), offered('2024-01-10')];

  it('is a yes', () =>
    given(...offer)
      .when(answerOffer, step(accepted('2024-01-10')))
      .isAccepted());
  it('is a no, also without a reason: that is a gap, not an impossibility (E2)', () =>
    given(...offer)
      .when(answerOffer, step(declined('2024-01-12', 'offer', {})))
      .isAccepted());
  it('may be changed later (E3)', () =>
    given(...offer, accepted('2024-01-12'))
      .when(answerOffer, step(declined('2024-06-01')))
      .isAccepted());
  it.each([accepted, declined])('is looked at again when it is given twice (%p)', (answer) => {
    given(...offer, answer('2024-01-12'))
      .when(answerOffer, step(answer('2024-01-14')))
      .isAccepted('ANSWERED_TWICE');
    given(...offer, answer('2024-01-12').as('first'), annulled('first'))
      .when(answerOffer, step(answer('2024-01-14')))
      .isAccepted();
    given(...offer, offered('2024-01-13', 'second'), answer('2024-01-12'))
      .when(answerOffer, step(answer('2024-01-14', 'second')))
      .isAccepted();
  });
  it('is given again after a no, or after an answer that does not count', () => {
    given(...offer, accepted('2024-01-12'), declined('2024-01-13'))
      .when(answerOffer, step(accepted('2024-01-14')))
      .isAccepted();
    given(...offer, accepted('2024-01-12', 'offer', byRepresentative))
      .when(answerOffer, step(accepted('2024-01-14')))
      .isAccepted();
  });
  it('needs its offer', () =>
    given(...offer)
      .when(answerOffer, step(accepted('2024-01-12', 'another')))
      .isRefused('UNKNOWN_OFFER'));
  it('needs an offer that stands', () =>
    given(...offer, annulled('offered:offer'))
      .when(answerOffer, step(accepted('2024-01-12')))
      .isRefused('UNKNOWN_OFFER'));
  it('does not come before its offer', () =>
    given(...offer)
      .when(answerOffer, step(accepted('2024-01-09')))
      .isRefused('ANSWER_BEFORE_OFFER', { offeredOn: '2024-01-10' }));
  it('may come before an offer whose day was corrected to an earlier one', () =>
    given(...offer, corrected('offered:offer', { effectiveOn: '2024-01-05' }))
      .when(answerOffer, step(accepted('2024-01-06')))
      .isAccepted());
  it('is recorded late, about a day before the end (E34)', () =>
    given(...offer, ended('2024-03-01'))
      .when(answerOffer, step(accepted('2024-02-29')))
      .isAccepted());

  it('by a representative counts when they are registered', () =>
    given(...offer, representative('2024-01-01', 'god-man'))
      .when(answerOffer, step(accepted('2024-01-12', 'offer', byRepresentative)))
      .isAccepted());
  it('by a representative counts when they are registered for the same person under another number (E42)', () =>
    given(...offer, representative('2024-01-01', 'god-man', {}, 'other'), merged('2024-01-05', 'other', 'recipient'))
      .when(answerOffer, step(accepted('2024-01-12', 'offer', byRepresentative)))
      .isAccepted());
  it('by somebody who is no representative is recorded, and does not count (E46)', () =>
    given(...offer)
      .when(answerOffer, step(declined('2024-01-12', 'offer', byRepresentative)))
      .isAccepted('ANSWER'));
  it('by a representative whose time is over does not count', () =>
    given(...offer, representative('2023-01-01', 'god-man', { validTo: '2024-01-11' }))
      .when(answerOffer, step(accepted('2024-01-12', 'offer', byRepresentative)))
      .isAccepted('ANSWER'));
});

describe('consent ("efter samtycke från omsorgstagaren")', () => {
  const consented = [started('2024-01-01'), consentGiven('2024-01-10', 'daughter')];
  const relative = { attendees: [{ kind: 'RECIPIENT' }, { kind: 'RELATIVE', consent: 'daughter' }] } as const;

  it('lets a relative be named at a meeting', () =>
    given(...consented)
      .when(giveInformation, step(informed('2024-01-12', ['BROCHURE'], relative)))
      .isAccepted());
  it('that was never given cannot be named', () =>
    given(started('2024-01-01'))
      .when(giveInformation, step(informed('2024-01-12', [], relative)))
      .isRefused('CONSENT_NOT_IN_EPISODE', { field: 'attendees[1].consent' }));
  it('is withdrawn', () =>
    given(...consented)
      .when(withdrawConsent, step(consentWithdrawn('2024-01-10', 'daughter')))
      .isAccepted());
  it('is not withdrawn before it is given', () =>
    given(...consented)
      .when(withdrawConsent, step(consentWithdrawn('2024-01-09', 'daughter')))
      .isRefused('WITHDRAWAL_BEFORE_CONSENT'));
  it('is withdrawn once', () =>
    given(...consented, consentWithdrawn('2024-01-20', 'daughter'))
      .when(withdrawConsent, step(consentWithdrawn('2024-02-01', 'daughter')))
      .isRefused('CONSENT_ALREADY_WITHDRAWN'));
  it('must be there to be withdrawn', () =>
    given(...consented)
      .when(withdrawConsent, step(consentWithdrawn('2024-01-20', 'son')))
      .isRefused('UNKNOWN_CONSENT'));
});
