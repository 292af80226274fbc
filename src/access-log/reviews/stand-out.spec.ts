import { describe, expect, it } from '@jest/globals';
import type { Assigned } from '../../access/model.js';
import {
  type Around,
  type Look,
  type Reader,
  type Seen,
  STAND_OUT_KINDS,
  type StandOut,
  type StandOutKind,
  standsOut,
  toldStandOuts,
  usualMost,
} from './stand-out.js';

const IN_UNIT: Assigned = {
  role: 'CARE_STAFF',
  rule: 'EMPLOYED_IN_UNIT',
  controller: 'town',
  units: ['north'],
  from: '2026-01-01',
};
const look: Look = { who: { id: 'eva' }, act: 'READ', purpose: 'DAILY' };
const reader: Reader = { employed: true, onLeave: false, roles: [IN_UNIT], surnames: new Set(['berg']) };
const seen: Seen = {
  recipients: new Set(['tolvan']),
  controllers: new Set(['town']),
  units: new Set(['north']),
  everUnits: new Set(['north']),
  surnames: new Set(['tolvansson']),
  isProtected: false,
  isNoted: false,
  glassBrokenBy: new Set(),
};
const around: Around = {
  personsThatDay: 10,
  usualMost: 20,
  refusedThatDay: 0,
  timesInPeriod: 4,
  timeOfDay: '10:00',
  ordinaryHours: { from: '06:00', to: '22:00' },
};
const GONE: Seen = { ...seen, units: new Set() };
const NO_ROLE: Reader = { ...reader, roles: [] };

interface Case {
  readonly look?: Partial<Look>;
  readonly reader?: Partial<Reader>;
  readonly seen?: Partial<Seen>;
  readonly around?: Partial<Around>;
}

function reasons(one: Case): StandOut[] {
  return standsOut(
    { ...look, ...one.look },
    { ...reader, ...one.reader },
    { ...seen, ...one.seen },
    { ...around, ...one.around },
  );
}

const kinds = (one: Case = {}): StandOutKind[] => reasons(one).map(({ kind }) => kind);

const CASES: Readonly<Record<StandOutKind, Case>> = {
  NO_CARE_RELATION: { reader: { roles: [] } },
  AFTER_CARE_ENDED: { seen: { ...GONE, daysSinceCare: 91 } },
  NOT_EMPLOYED: { reader: { employed: false } },
  ON_LEAVE: { reader: { onLeave: true } },
  ODD_HOURS: { around: { timeOfDay: '22:00' } },
  SAME_SURNAME: { seen: { surnames: new Set(['lind', 'berg']) } },
  PROTECTED: { seen: { isProtected: true } },
  BREAK_GLASS: { seen: { glassBrokenBy: new Set(['eva']) } },
  NOTED: { seen: { isNoted: true } },
  MANY: { around: { personsThatDay: 21 } },
  REPEATED_DENIED: { around: { refusedThatDay: 5 } },
  EXPORT: { look: { act: 'PRINT' } },
  ONLY_ONCE: { reader: NO_ROLE, seen: GONE, around: { timesInPeriod: 1 } },
};

describe('a look stands out', () => {
  it('not by itself', () => expect(kinds()).toEqual([]));

  it.each(STAND_OUT_KINDS)('by %s, and says why in Swedish without a name', (kind) => {
    const one = CASES[kind];
    expect(kinds(one)).toEqual([kind]);
    const reason = reasons(one)[0]?.reason;
    expect(reason).toMatch(/^[A-ZÅÄÖ].*\.$/);
    expect(reason).not.toMatch(/berg|tolvan|eva/i);
  });

  it.each<[string, Case]>([
    ['who is her contact in another unit', { reader: { roles: [{ ...IN_UNIT, units: [], recipients: ['tolvan'] }] } }],
    ['a role for the whole controller', { reader: { roles: [{ ...IN_UNIT, role: 'SAS', units: undefined }] } }],
    ['90 days after the care', { seen: { ...GONE, daysSinceCare: 90 } }],
    ['long after, for another purpose', { look: { purpose: 'FOLLOW_UP' }, seen: { ...GONE, daysSinceCare: 400 } }],
    ['when ordinary time begins', { around: { timeOfDay: '06:00' } }],
    [
      'at night where nights are ordinary',
      { around: { timeOfDay: '23:00', ordinaryHours: { from: '21:00', to: '07:00' } } },
    ],
    ['a glass that somebody else broke', { seen: { glassBrokenBy: new Set(['kim']) } }],
    ['as many as are usual', { around: { personsThatDay: 20 } }],
    ['who is nobody of the staff', { reader: { employed: undefined, onLeave: undefined } }],
  ])('not by %s', (_, one) => expect(kinds(one)).toEqual([]));

  it('at a person of another controller, whatever role is for all of one', () =>
    expect(
      kinds({ reader: { roles: [{ ...IN_UNIT, role: 'SAS', units: undefined, controller: 'elsewhere' }] } }),
    ).toEqual(['NO_CARE_RELATION']));
});

describe('of who is hidden', () => {
  const told = (one: Case, hidden: { reader: boolean; recipient: boolean }) => toldStandOuts(reasons(one), hidden);
  const READER = { reader: true, recipient: false };
  const RECIPIENT = { reader: false, recipient: true };

  it.each([READER, RECIPIENT])('no surname is told by that of the other: %j', (hidden) =>
    expect(told(CASES.SAME_SURNAME, hidden)).toEqual([]),
  );

  it('it is not told that somebody noted her, nor when her care ended', () => {
    expect(told(CASES.NOTED, RECIPIENT)).toEqual([]);
    const [ended, ...more] = told(CASES.AFTER_CARE_ENDED, RECIPIENT);
    expect([ended?.kind, more]).toEqual(['AFTER_CARE_ENDED', []]);
    expect(ended?.reason).not.toContain('91');
  });

  it.each(STAND_OUT_KINDS)('nothing else is kept back, nor anything where nobody is: %s', (kind) => {
    const all = reasons(CASES[kind]);
    expect(toldStandOuts(all, { reader: false, recipient: false })).toEqual(all);
    if (kind !== 'SAME_SURNAME') expect(toldStandOuts(all, READER)).toEqual(all);
    if (!['SAME_SURNAME', 'NOTED', 'AFTER_CARE_ENDED'].includes(kind))
      expect(toldStandOuts(all, RECIPIENT)).toEqual(all);
  });
});

describe('the usual most of a role', () => {
  it('is what 99 of 100 days do not go beyond', () =>
    expect(usualMost(Array.from({ length: 200 }, (_, n) => (n < 196 ? 10 : 100 + n)))).toBe(297));
  it('is twice the middle at least, so that an even day marks nobody', () => {
    expect(usualMost([10, 11, 12])).toBe(22);
    expect(usualMost([])).toBe(0);
  });
});
