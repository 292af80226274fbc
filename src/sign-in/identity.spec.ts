import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptedAcr, identityOf, levelOf, type Vocabulary } from './identity.js';

const words: Vocabulary = {
  claims: {
    subject: ['oid', 'sub'],
    hsaId: ['employeeHsaId', 'allEmployeeHsaIds'],
    name: ['name'],
    client: ['clientHost'],
  },
  levels: [
    { by: 'acr', value: 'loa2', level: 2 },
    { by: 'acr', value: 'loa3', level: 3 },
    { by: 'amr', value: 'mfa', level: 3 },
    { by: 'client', value: '', level: 2 },
  ],
};
const ISSUER = 'https://idp.example';

describe('who somebody is', () => {
  it('is said by the claims that the settings name, the first that is there', () => {
    const claims = {
      sub: 's',
      oid: 'o',
      name: 'Maja',
      employeeHsaId: 'SE1',
      allEmployeeHsaIds: ['SE1', 'SE2'],
      acr: 'loa3',
    };
    expect(identityOf(claims, words, ISSUER)).toEqual({
      issuer: ISSUER,
      subject: 'o',
      name: 'Maja',
      hsaIds: ['SE1', 'SE2'],
      level: 3,
    });
    expect(identityOf({ sub: 's' }, words, ISSUER)).toEqual({ issuer: ISSUER, subject: 's', hsaIds: [], level: 1 });
  });

  it('is nobody where no claim is a text', () => {
    for (const claims of [{}, { sub: '' }, { sub: 7 }, { sub: null }, { oid: {} }, { sub: 'x'.repeat(256) }])
      expect(identityOf(claims, words, ISSUER)).toBeUndefined();
  });

  it('is a program by what any of the providers says of one', () => {
    for (const claims of [
      { sub: 'a', client_id: 'a' },
      { sub: 'a', azp: 'a' },
      { sub: 'a', idtyp: 'app' },
      { sub: 'a', clientHost: '10.0.0.1' },
    ])
      expect(identityOf(claims, words, ISSUER)).toMatchObject({ client: true, level: 2 });
    for (const claims of [{ sub: 'a', client_id: 'fok', azp: 'fok' }, { oid: 'a' }, { sub: 'a', idtyp: 'user' }])
      expect(identityOf(claims, words, ISSUER)?.client).toBeUndefined();
  });

  it('is never known by anything but the claims, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('sub', 'oid', 'name', 'acr', 'amr', 'employeeHsaId'), fc.jsonValue()),
        (claims) => {
          const identity = identityOf(claims, words, ISSUER);
          if (!identity) return;
          const said = JSON.stringify(Object.values(claims));
          for (const text of [identity.subject, ...identity.hsaIds]) expect(said).toContain(JSON.stringify(text));
          expect([1, 2, 3]).toContain(identity.level);
        },
      ),
    );
  });
});

describe('how surely somebody is known', () => {
  it.each([
    [{ acr: 'loa3' }, 3],
    [{ acr: 'loa2' }, 2],
    [{ acr: 'loa2', amr: ['pwd', 'mfa'] }, 3],
    [{ amr: 'mfa' }, 3],
    [{ acr: 'loa33' }, 1],
    [{ acr: 'LOA3' }, 1],
    [{ amr: ['loa3'] }, 1],
    [{ acr: 3 }, 1],
    [{}, 1],
  ])('%j counts as %d', (claims, level) => {
    expect(levelOf(claims, words.levels, false)).toBe(level);
  });

  it('is asked for by every value that suffices, the highest first', () => {
    expect(acceptedAcr(words.levels, 2)).toEqual(['loa3', 'loa2']);
    expect(acceptedAcr(words.levels, 3)).toEqual(['loa3']);
    expect(acceptedAcr(words.levels, 4)).toEqual([]);
  });
});
