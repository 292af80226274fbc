import { describe, expect, it } from '@jest/globals';
import type { Dossier, Entry } from '../../compliance-rules/model.js';
import { dayOf } from '../../kernel/time/day.js';
import { entriesBehind } from './compare.js';

let position = 0n;

function entry(id: string, type: string, effectiveOn: string, data: Record<string, unknown>): Entry {
  position += 1n;
  return { id, type, position, recordedAt: `${effectiveOn}T08:00:00.000Z`, effectiveOn, data };
}

const start = entry('start', 'CareEpisodeStarted', '2024-01-01', {
  recipient: 'r',
  unit: 'u',
  careForm: 'HOME_CARE',
  legalGround: 'SOL_NEEDS_ASSESSED',
  services: ['PERSONAL_CARE'],
});
const opening = entry('opening', 'UnitOpened', '2022-01-01', {
  controller: 'c',
  name: 'Norr',
  careForms: ['HOME_CARE'],
});

function dossier(...entries: readonly Entry[]): Dossier {
  return {
    episode: 'e',
    entries: [start, ...entries],
    recipients: new Map([['r', []]]),
    staff: new Map(),
    units: new Map([['u', [opening]]]),
    policies: new Map(),
  };
}

const behind = (...entries: readonly Entry[]): string[] =>
  entriesBehind(dossier(...entries), dayOf('2024-06-01'), opening.position).map(({ eventId }) => eventId);

describe('the entries behind a change of a report', () => {
  it('are those without which the episode would count as before', () => {
    const offered = entry('offered', 'ContactOffered', '2024-01-10', { offer: 'o', by: 's' });
    const accepted = entry('accepted', 'OfferAccepted', '2024-01-12', { offer: 'o', answeredBy: 'RECIPIENT' });
    const services = entry('services', 'ServicesChanged', '2024-02-01', { services: ['PERSONAL_CARE', 'MEALS'] });
    const meeting = entry('meeting', 'PlanMeetingBooked', '2024-01-13', { on: '2024-01-20' });
    expect(behind(offered, accepted, services, meeting)).toEqual(['offered', 'accepted']);
  });

  it('are two where one alone would have done', () => {
    const one = entry('one', 'ContactOffered', '2024-01-10', { offer: 'o', by: 's' });
    const other = entry('other', 'ContactOffered', '2024-01-11', { offer: 'p', by: 's' });
    const services = entry('services', 'ServicesChanged', '2024-02-01', { services: ['PERSONAL_CARE', 'MEALS'] });
    expect(behind(one, other, services)).toEqual(['one', 'other']);
  });
});
