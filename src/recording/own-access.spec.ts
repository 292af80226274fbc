import { describe, expect, it } from '@jest/globals';
import { type GivingEntry, leaveFor, mayGiveAccess } from '../facts/access-given.js';
import { GRANTED_ROLES } from '../facts/codes.js';
import { eventCatalogue, FACTS, type FactData, type FactName } from '../facts/event-catalogue.js';
import { isRefusal } from '../kernel/event-sourcing/decider.js';
import type { Acting } from '../kernel/http/request-context.js';
import { accessRefused } from './own-access.js';

const ME = 'staff-me';
const OTHER = 'staff-other';
const SIGN_IN = { issuer: 'https://id.example/', subject: 'me' };
const HSA = 'SE2321000016-1003';
const acting: Acting = { ...SIGN_IN, hsaIds: [HSA], staff: [], careAt: [] };
const ROLES = ['UNIT_MANAGER', 'CONTACT', 'CARE_STAFF', ...Object.keys(GRANTED_ROLES)];

/** For each type that gives access: what gives it to me, and the same for somebody else, on which stream. */
const GIVING: {
  readonly [N in FactName]?: readonly {
    readonly stream: string;
    readonly mine: FactData[N];
    readonly others: FactData[N];
  }[];
} = {
  RoleGranted: [{ staff: ME }, SIGN_IN].map((holder) => ({
    stream: 'grant-1',
    mine: { holder, role: 'SAS' as const, controller: 'ange', reason: 'x' },
    others: { holder: { staff: OTHER }, role: 'SAS' as const, controller: 'ange', reason: 'x' },
  })),
  IdentityLinked: [
    {
      stream: `staff-${ME}`,
      mine: { issuer: 'https://id.example/', subject: 'new' },
      others: { issuer: 'https://id.example/', subject: 'new' },
    },
    { stream: `staff-${OTHER}`, mine: SIGN_IN, others: { issuer: 'https://id.example/', subject: 'other' } },
  ],
  StaffRegistered: [
    {
      stream: `staff-${OTHER}`,
      mine: { controller: 'ange', unit: 'north', name: 'x', hsaId: HSA.toLowerCase() },
      others: { controller: 'ange', unit: 'north', name: 'x', hsaId: 'SE2321000016-1004' },
    },
  ],
  EmploymentStarted: [
    { stream: `staff-${ME}`, mine: { form: 'PERMANENT' as const }, others: { form: 'PERMANENT' as const } },
  ],
  StaffMovedUnit: [{ stream: `staff-${ME}`, mine: { unit: 'south' }, others: { unit: 'south' } }],
  UnitOpened: [
    {
      stream: 'unit-1',
      mine: { controller: 'ange', name: 'x', careForms: [], manager: ME },
      others: { controller: 'ange', name: 'x', careForms: [], manager: OTHER },
    },
  ],
  UnitManagerAppointed: [{ stream: 'unit-1', mine: { staff: ME }, others: { staff: OTHER } }],
  AccessNarrowed: [
    { stream: 'recipient-1', mine: { staff: [OTHER, ME], reason: 'x' }, others: { staff: [OTHER], reason: 'x' } },
  ],
};
const cases = Object.entries(GIVING).flatMap(([type, given]) =>
  given.map(({ stream, mine, others }, index) => ({
    name: `${type} ${index + 1}`,
    mine: { id: 'fact', type, stream, data: mine as GivingEntry['data'] },
    others: {
      id: 'fact',
      type,
      stream: stream.endsWith(ME) ? `staff-${OTHER}` : stream,
      data: others as GivingEntry['data'],
    },
  })),
);
const corrected = ({ stream, type }: GivingEntry, corrects: string, data?: GivingEntry['data']): GivingEntry => ({
  id: `correction of ${corrects}`,
  stream,
  type: 'EntryCorrected',
  data: { corrects, reason: 'x', ...(data ? { data } : {}) },
  correctedTypes: [type],
});
const annulled = ({ stream }: GivingEntry, corrects: string): GivingEntry => ({
  id: `annulment of ${corrects}`,
  stream,
  type: 'EntryAnnulled',
  data: { corrects, cause: 'OTHER', reason: 'x' },
});
const refusal = (
  entry: GivingEntry,
  history: readonly GivingEntry[],
  role: string,
  signedIn: Acting | 'NOBODY' = acting,
) => {
  const refused = accessRefused(entry, history, { id: ME, role }, signedIn === 'NOBODY' ? undefined : signedIn);
  return refused && isRefusal(refused) ? refused.refused.code : undefined;
};
const PLACES = ['EmploymentStarted', 'StaffMovedUnit'];
const expected = (role: string, { type }: GivingEntry): string =>
  role === 'INTEGRATION' && !PLACES.includes(type) ? 'ACCESS_BY_SYSTEM' : 'OWN_ACCESS';

describe('what gives access', () => {
  it('is each type that names who may: all of them are tried here', () => {
    const direct = eventCatalogue.all().filter((type) => mayGiveAccess(type) && type.categories !== undefined);
    expect(direct.map(({ type }) => type).sort()).toEqual(Object.keys(GIVING).sort());
  });

  describe.each(ROLES)('is never recorded by whom it gives access to, as %s', (role) => {
    it.each(cases)('$name', ({ mine }) => {
      expect(refusal(mine, [], role)).toBe(expected(role, mine));
    });
    it.each(cases)('a correction of $name that names her, or leaves her named', ({ mine, others }) => {
      expect(refusal(corrected(others, 'fact', mine.data), [others], role)).toBe(
        mine.stream === others.stream
          ? expected(role, mine)
          : role === 'INTEGRATION' && !PLACES.includes(mine.type)
            ? 'ACCESS_BY_SYSTEM'
            : undefined,
      );
      expect(refusal(corrected(mine, 'fact'), [mine], role)).toBe(expected(role, mine));
      expect(refusal(corrected(mine, 'fact', mine.data), [mine], role)).toBe(expected(role, mine));
    });
    it.each(cases)('a correction of the correction of $name', ({ mine, others }) => {
      const first = corrected(others, 'fact');
      const second = {
        ...corrected(mine, first.id, { ...first.data, data: mine.data }),
        stream: mine.stream,
        correctedTypes: ['EntryCorrected', mine.type],
      };
      expect(
        refusal(
          second,
          [
            { ...others, stream: mine.stream },
            { ...first, stream: mine.stream },
          ],
          role,
        ),
      ).toBe(expected(role, mine));
    });
    it.each(cases)('an annulment that brings $name back', ({ mine }) => {
      const gone = annulled(mine, 'fact');
      expect(refusal(annulled(mine, gone.id), [mine, gone], role)).toBe(expected(role, mine));
    });
  });

  it('is recorded by others', () => {
    for (const { others } of cases) {
      expect([others.type, refusal(others, [], 'ADMIN')]).toEqual([others.type, undefined]);
      expect([others.type, refusal(corrected(others, 'fact', others.data), [others], 'ADMIN')]).toEqual([
        others.type,
        undefined,
      ]);
    }
  });

  it('comes back by annulling what took it away', () => {
    const [granted, linked] = [cases[0]!.mine, cases[2]!.mine];
    const revoked = { id: 'revoked', type: 'RoleRevoked', stream: granted.stream, data: { reason: 'x' } };
    const unlinked = { id: 'unlinked', type: 'IdentityUnlinked', stream: linked.stream, data: { reason: 'x' } };
    expect(refusal(annulled(granted, 'revoked'), [granted, revoked], 'ADMIN')).toBe('OWN_ACCESS');
    expect(refusal(annulled(linked, 'unlinked'), [linked, unlinked], 'ADMIN')).toBe('OWN_ACCESS');
    // To give it up is everybody's own.
    expect(refusal(revoked, [granted], 'ADMIN')).toBeUndefined();
  });

  it('is an end of her employment taken back, or where she was registered put right', () => {
    const stream = `staff-${ME}`;
    const registered = {
      id: 'registered',
      type: 'StaffRegistered',
      stream,
      data: { controller: 'ange', unit: 'north', name: 'x' },
    };
    const ended = { id: 'ended', type: 'EmploymentEnded', stream, data: {} };
    const elsewhere = corrected(registered, 'registered', { ...registered.data, unit: 'south' });
    expect(refusal(annulled(ended, 'ended'), [registered, ended], 'UNIT_MANAGER')).toBe('OWN_ACCESS');
    expect(refusal(elsewhere, [registered], 'UNIT_MANAGER')).toBe('OWN_ACCESS');
    expect(refusal(ended, [registered], 'UNIT_MANAGER')).toBeUndefined();
  });

  it('is no work in a unit: a system brings that, of employees with an HSA id as well', () => {
    const stream = `staff-${OTHER}`;
    const [registered] = cases.filter(({ mine }) => mine.type === 'StaffRegistered').map(({ others }) => others);
    const hired = { id: 'hired', type: 'EmploymentStarted', stream, data: { form: 'PERMANENT' } };
    for (const entry of [hired, corrected(hired, 'hired', { form: 'HOURLY' }), annulled(hired, 'hired')])
      expect(refusal(entry, [registered!, ...(entry === hired ? [] : [hired])], 'INTEGRATION')).toBeUndefined();
  });

  it('is the end of a narrowing, for all but those who were named', () => {
    const narrowed = (staff: readonly string[]): GivingEntry => ({
      id: 'fact',
      type: 'AccessNarrowed',
      stream: 'recipient-1',
      data: { staff, reason: 'x' },
    });
    const to = (staff: readonly string[]) => refusal(annulled(narrowed(staff), 'fact'), [narrowed(staff)], 'SAS');
    expect([to([OTHER]), to([OTHER, ME])]).toEqual(['OWN_ACCESS', undefined]);
  });

  it('is the contract’s business where nobody signs in, but for the events of access', () => {
    const unsigned = cases.map(({ mine }) => [
      mine.type,
      accessRefused(mine, [], { id: ME, role: 'ADMIN' }, undefined)?.refused.code,
    ]);
    expect(unsigned.filter(([, code]) => code !== undefined).map(([type]) => type)).toEqual([
      'RoleGranted',
      'IdentityLinked',
      'AccessNarrowed',
    ]);
    expect(refusal(annulled(cases[0]!.mine, 'fact'), [cases[0]!.mine], 'ADMIN', 'NOBODY')).toBe('OWN_ACCESS');
  });
});

describe('the leave that an import needs', () => {
  it('is that of access for its events, and of the contract for managers and HSA ids', () => {
    const leaves = cases
      .filter(({ mine }) => !PLACES.includes(mine.type))
      .map(({ mine }) => [
        mine.type,
        leaveFor(mine),
        leaveFor(annulled(mine, 'fact'), mine.type),
        leaveFor(corrected(mine, 'fact'), mine.type),
      ]);
    for (const [type, ...each] of leaves) {
      const leave = ['StaffRegistered', 'UnitOpened', 'UnitManagerAppointed'].includes(type ?? '') ? 'CONTRACT' : 'ALL';
      expect([type, ...each]).toEqual([type, leave, leave, leave]);
    }
  });

  it('is none for all else', () => {
    expect(leaveFor({ type: FACTS.StaffRegistered.type, data: { name: 'x' } })).toBe('NONE');
    expect(leaveFor({ type: 'EntryDisputed', data: {} }, 'AccessNarrowed')).toBe('NONE');
    expect(leaveFor({ type: 'StaffProtectionChanged', data: {} })).toBe('NONE');
    expect(leaveFor({ type: 'EntryCorrected', data: {} }, 'OfferAccepted')).toBe('NONE');
    for (const type of PLACES) expect(leaveFor({ type, data: {} })).toBe('NONE');
  });
});
