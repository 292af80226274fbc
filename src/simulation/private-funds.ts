import type { Episode } from './episode.js';
import { knownDay } from './ledger.js';
import { FUNDS_REFERENCES } from './phrases.js';
import { FUNDS } from './routine-rates.js';
import { managerActor } from './world.js';

const KIND = 'funds';

/** Writes the agreement about money that the staff handles, with who represents the recipient, and its end. */
export function agreeOnFunds(episode: Episode): void {
  const { careForm, start, recipient } = episode.terms;
  const { representative } = recipient;
  const random = episode.chanceOf(KIND);
  if (careForm !== 'HOME_CARE' || !representative || !random.chance(FUNDS.agreed)) return;
  const on = Math.max(start, knownDay(representative.registered)) + random.within(FUNDS.afterDays);
  if (on >= representative.until) return;
  const agreement = random.uuid();
  const data = {
    agreement,
    representative: representative.id,
    ...(random.chance(FUNDS.reference) ? { reference: random.pick(FUNDS_REFERENCES) } : {}),
  };
  const made = episode.writeAside(KIND, 'PrivateFundsAgreementMade', on, data, {
    after: [representative.registered],
    actor: managerActor(episode.unitOn(on), on),
  });
  const early = random.chance(FUNDS.endedEarly) ? on + random.within(FUNDS.endedAfterDays) : representative.until;
  const ended = Math.min(early, representative.until);
  episode.writeAside(
    KIND,
    'PrivateFundsAgreementEnded',
    ended,
    { agreement },
    {
      after: [made],
      actor: managerActor(episode.unitOn(ended), ended),
    },
  );
}
