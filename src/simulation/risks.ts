import type { Episode } from './episode.js';
import { RISK_REFERENCES } from './phrases.js';
import { RISKS } from './routine-rates.js';
import { someoneAt } from './staff-at-work.js';
import { staffActor } from './world.js';

const KIND = 'risk';

/** Writes that somebody of the home care looked over the home for risks, as mostly happens soon after the start. */
export function assessRisks(episode: Episode): void {
  const { careForm, start } = episode.terms;
  const random = episode.chanceOf(KIND);
  if (careForm !== 'HOME_CARE' || !random.chance(RISKS.assessed)) return;
  const on = episode.unpaused(start + random.spread(RISKS.days));
  const by = someoneAt(episode, on, random);
  const data = random.chance(RISKS.reference) ? { reference: random.pick(RISK_REFERENCES) } : {};
  episode.writeAside(KIND, 'HomeRiskAssessed', on, data, { after: [by.registered], actor: staffActor(by) });
}
