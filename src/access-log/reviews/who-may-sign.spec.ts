import { describe, expect, it } from '@jest/globals';
import { isReviewed, leftToReview, mayReview, maySign, type ReviewedReader, type Signer } from './who-may-sign.js';

const reader = (more: Partial<ReviewedReader> & { id?: string } = {}): ReviewedReader => ({
  ids: new Set([more.id ?? 'eva']),
  isManager: false,
  isSas: false,
  ...more,
});
const signer = (role: string, ...ids: string[]): Signer => ({ role, ids: new Set(ids) });
const MANAGER = signer('UNIT_MANAGER', 'mia');
const SAS = signer('SAS', 'sas');
const OTHER_SAS = signer('SAS', 'other');
const EVA = reader();
const MIA = reader({ id: 'mia', isManager: true });
const THE_SAS = reader({ ids: new Set(['sas', 'sas-as-grant']), isSas: true });

describe('who may review what', () => {
  it.each([
    ['a manager her staff', MANAGER, EVA, true],
    ['a manager herself', MANAGER, MIA, false],
    ['a manager another manager', MANAGER, reader({ id: 'other', isManager: true }), false],
    ['a manager a samordnare', MANAGER, THE_SAS, false],
    ['a samordnare a manager', SAS, MIA, true],
    ['a samordnare herself', SAS, THE_SAS, false],
    ['a samordnare herself by another of her ids', signer('SAS', 'sas-as-grant'), THE_SAS, false],
    ['another samordnare her', OTHER_SAS, THE_SAS, true],
    ['who has no such role nobody', signer('CARE_STAFF', 'kim'), EVA, false],
  ])('%s', (_, by, of, may) => expect(mayReview(by, of)).toBe(may));

  it('a manager who looked as a contact is still herself', () =>
    expect(mayReview(MANAGER, reader({ id: 'mia' }))).toBe(false));
});

describe('a review', () => {
  it('is done when each look was gone through by somebody who may', () => {
    const readers = [EVA, MIA, THE_SAS];
    expect(leftToReview(readers, [MANAGER])).toEqual([MIA, THE_SAS]);
    expect(isReviewed(readers, [MANAGER])).toBe(false);
    expect(isReviewed(readers, [SAS])).toBe(false);
    expect(isReviewed(readers, [SAS, OTHER_SAS])).toBe(true);
    expect(isReviewed([EVA], [MANAGER])).toBe(true);
  });

  it('of nobody is done when somebody who may has signed it', () => {
    expect(isReviewed([], [])).toBe(false);
    expect(isReviewed([], [MANAGER])).toBe(true);
    expect(isReviewed([], [signer('CARE_STAFF', 'kim')])).toBe(false);
  });

  it('takes a signature that goes through something more, and no other', () => {
    expect(maySign(MANAGER, [EVA, MIA], [])).toBe(true);
    expect(maySign(MANAGER, [EVA, MIA], [MANAGER])).toBe(false);
    expect(maySign(SAS, [EVA, MIA], [MANAGER])).toBe(true);
    expect(maySign(MANAGER, [MIA], [])).toBe(false);
    expect(maySign(MANAGER, [], [])).toBe(true);
    expect(maySign(SAS, [], [MANAGER])).toBe(false);
    expect(maySign(signer('CARE_STAFF', 'kim'), [], [])).toBe(false);
  });
});
