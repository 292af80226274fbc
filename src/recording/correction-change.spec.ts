import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../facts/event-catalogue.js';
import type { Entry } from '../compliance-rules/model.js';
import { effectOfCorrection } from './correction-change.js';

type Right = { readonly effectiveOn?: string; readonly data?: Readonly<Record<string, unknown>> };

const declined: Entry = {
  id: 'declined',
  type: 'OfferDeclined',
  position: 1n,
  recordedAt: '2026-11-20T08:00:00.000Z',
  effectiveOn: '2026-11-20',
  data: { offer: 'offer', answeredBy: 'RECIPIENT', reasonText: 'Vill inte' },
};
const rightData = (more: object) => ({ offer: 'offer', answeredBy: 'RECIPIENT', reasonText: 'Vill inte', ...more });
const correction = (id: string, position: bigint, right: Right, corrects = 'declined'): Entry => ({
  id,
  type: 'EntryCorrected',
  position,
  recordedAt: '2026-11-25T08:00:00.000Z',
  effectiveOn: '2026-11-25',
  data: { corrects, reason: 'x', ...right },
});
const annulled: Entry = { ...correction('annulled', 5n, {}), type: 'EntryAnnulled' };

function effect(before: readonly Entry[], right: Right, corrects?: string) {
  const type = eventCatalogue.get('OfferDeclined');
  const all = effectOfCorrection([declined, ...before], correction('new', 9n, right, corrects), 'declined', type);
  return { changes: all.changes, warned: all.warnings.map(({ message }) => message.replace(/^.*registrerades: /, '')) };
}

describe('a correction', () => {
  it('shows the day that it puts right, and warns of nothing', () =>
    expect(effect([], { effectiveOn: '2026-11-21' })).toEqual({
      changes: [{ field: 'effectiveOn', from: '2026-11-20', to: '2026-11-21' }],
      warned: [],
    }));

  it('shows a field that it brings, and one that it takes away, by name alone where it is personal', () =>
    expect(effect([], { data: { offer: 'offer', answeredBy: 'RECIPIENT', reasonCode: 'OTHER' } })).toEqual({
      changes: [{ field: 'reasonText' }, { field: 'reasonCode', to: 'OTHER' }],
      warned: [],
    }));

  it('of the data after one of the day warns that the day falls back', () =>
    expect(
      effect([correction('first', 2n, { effectiveOn: '2026-11-21' })], { data: rightData({ reasonCode: 'OTHER' }) }),
    ).toEqual({
      changes: [
        { field: 'effectiveOn', from: '2026-11-21', to: '2026-11-20' },
        { field: 'reasonCode', to: 'OTHER' },
      ],
      warned: ['dagen. Ange det också om det ska gälla.'],
    }));

  it('of the day after one of the data warns of the fields that fall back', () =>
    expect(
      effect([correction('first', 2n, { data: rightData({ reasonCode: 'OTHER' }) })], { effectiveOn: '2026-11-21' })
        .warned,
    ).toEqual(['orsak. Ange det också om det ska gälla.']));

  it('of other data warns of what the earlier one had put right and this one has as at first', () =>
    expect(
      effect([correction('first', 2n, { data: rightData({ reasonCode: 'OTHER', reasonText: 'Nej' }) })], {
        data: rightData({ reasonCode: 'ENOUGH_SUPPORT' }),
      }).changes,
    ).toEqual([{ field: 'reasonText' }, { field: 'reasonCode', from: 'OTHER', to: 'ENOUGH_SUPPORT' }]));

  it('that says again what the earlier one put right warns of nothing', () =>
    expect(
      effect([correction('first', 2n, { effectiveOn: '2026-11-21' })], {
        effectiveOn: '2026-11-21',
        data: rightData({ reasonCode: 'OTHER' }),
      }).warned,
    ).toEqual([]));

  it('of a correction warns of what its entry loses', () =>
    expect(
      effect([correction('first', 2n, { effectiveOn: '2026-11-21' })], { data: { corrects: 'declined' } }, 'first'),
    ).toEqual({
      changes: [{ field: 'effectiveOn', from: '2026-11-21', to: '2026-11-20' }],
      warned: ['dagen. Ange det också om det ska gälla.'],
    }));

  it('of an annulled entry brings it back with what is right, and nothing falls back', () =>
    expect(
      effect([correction('first', 2n, { effectiveOn: '2026-11-21' }), annulled], {
        data: rightData({ reasonCode: 'OTHER' }),
      }),
    ).toEqual({ changes: [{ field: 'reasonCode', to: 'OTHER' }], warned: [] }));
});
