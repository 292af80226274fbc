import { describe, expect, it } from '@jest/globals';
import type { HistoryLine } from './history-line.js';
import type { Weighted } from './random.js';
import { MISHAPS, DOCUMENTATION } from './rates.js';
import { OFFERS, RECIPIENTS } from './recipient-rates.js';
import { simulate } from './simulate.js';

const history = [...simulate({ recipients: 3_000, from: '2022-01-01', to: '2026-12-31', seed: 'rates' })];

function of(type: string): HistoryLine[] {
  return history.filter((line) => line.type === type);
}

/** The weight of the rows that fit, of tables whose weights add up to 1000. */
function weightOf<T>(table: Weighted<T>, fits: (row: Weighted<T>[number]) => boolean): number {
  expect(table.reduce((sum, [, weight]) => sum + weight, 0)).toBe(1000);
  return table.filter(fits).reduce((sum, [, weight]) => sum + weight, 0);
}

/**
 * The share in permille, which shall lie within five standard deviations (and the named tolerance) of the parameter.
 */
function expectShare(hits: number, cases: number, permille: number, tolerance = 0): void {
  const deviation = Math.sqrt((permille * (1000 - permille)) / cases);
  expect(Math.abs((hits * 1000) / cases - permille)).toBeLessThanOrEqual(5 * deviation + tolerance);
}

describe('a simulated history has the shape its parameters describe', () => {
  it('says yes and no as often', () => {
    const first = new Map<string, string>();
    for (const { type, stream } of history)
      if ((type === 'OfferAccepted' || type === 'OfferDeclined') && !first.has(stream)) first.set(stream, type);
    expectShare([...first.values()].filter((type) => type === 'OfferAccepted').length, first.size, OFFERS.yes);
  });

  it('leaves out the reason of a no as often', () => {
    const declined = of('OfferDeclined');
    expectShare(
      declined.filter(({ data }) => data['reasonCode'] === undefined).length,
      declined.length,
      OFFERS.reasonMissing,
    );
  });

  it('leaves out the view of the recipient as often', () => {
    const assessed = of('ObviousUnnecessityAssessed');
    expectShare(
      assessed.filter(({ data }) => data['recipientView'] === undefined).length,
      assessed.length,
      OFFERS.viewMissing,
    );
  });

  it('informs at a physical meeting as often', () => {
    const informed = of('InformationGiven').filter(
      ({ data }) => !JSON.stringify(data).startsWith('{"form":"PHONE","items":["ROLE_CONTENT"]'),
    );
    const share = weightOf(OFFERS.informationForms, ([form]) => form === 'PHYSICAL_MEETING');
    expectShare(informed.filter(({ data }) => data['form'] === 'PHYSICAL_MEETING').length, informed.length, share);
  });

  it('registers late as often, and somewhat oftener where a fact waits for one it rests on', () => {
    const share = weightOf(DOCUMENTATION.delayDays, ([[from]]) => from > DOCUMENTATION.reasonAfterDays);
    const late = history.filter(({ lateReason }) => lateReason !== undefined).length;
    expectShare(late, history.length, (share * DOCUMENTATION.reasonGiven) / 1000, 40);
    expect(late * 1000).toBeGreaterThan(share * 0.5 * history.length);
  });

  it('mistakes the day of a careEpisode fact as often', () => {
    const facts = history.filter(
      ({ stream, type }) =>
        stream.startsWith('careEpisode-') && !type.startsWith('Entry') && !type.startsWith('CareEpisode'),
    );
    const mended = of('EntryCorrected').filter(({ data }) => data['effectiveOn'] !== undefined);
    expectShare(mended.length, facts.length, MISHAPS.wrongDay, 1);
  });

  it('registers as often with a reserve number, the doubles included', () => {
    const registered = of('RecipientRegistered').map(({ data }) => data['identity'] as { type: string });
    const reserve = registered.filter(({ type }) => type === 'RESERVE').length;
    expectShare(reserve, registered.length, RECIPIENTS.reserveNumber + RECIPIENTS.duplicate);
  });

  it('has home care for most, and every other form for some', () => {
    const forms = of('CareEpisodeStarted').map(({ data }) => data['careForm']);
    expect(forms.filter((form) => form === 'HOME_CARE').length / forms.length).toBeGreaterThan(0.7);
    expect(new Set(forms)).toEqual(new Set(['HOME_CARE', 'HOUSING_SUPPORT', 'RESIDENTIAL_CARE', 'LSS']));
  });

  it('gives about 20 facts a recipient over five years', () => {
    expect(history.length / 3_000).toBeGreaterThan(18);
    expect(history.length / 3_000).toBeLessThan(23);
  });

  it('dates no certificate before the first could be issued, nor after it was checked', () => {
    for (const { data, effectiveOn } of of('TitleVerified')) {
      const dated = String(data['certificateDate']);
      expect(dated >= '2023-07-01' && dated <= effectiveOn).toBe(true);
    }
  });

  it('lets every private unit work for the municipality', () => {
    const municipal = of('ControllerRegistered')
      .find(({ data }) => data['kind'] === 'MUNICIPAL')
      ?.stream.slice('controller-'.length);
    const opened = of('UnitOpened');
    const own = opened.filter(({ data }) => data['controller'] === municipal);
    expect(own.every(({ data }) => data['commissionedBy'] === undefined)).toBe(true);
    expect(opened.length).toBeGreaterThan(own.length);
    expect(opened.filter((unit) => !own.includes(unit)).every(({ data }) => data['commissionedBy'] === municipal)).toBe(
      true,
    );
  });
});
