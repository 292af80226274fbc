import { describe, expect, it } from '@jest/globals';
import { opened } from '../../answers/event.spec-helper.js';
import { secretIdentities, withoutSecrets } from './secret-identities.js';

const OLD = '19121212-1212';
const NEW = '19800101-2384';
const identity = (value: string) => ({ type: 'PERSONNUMMER', value });

const registered = opened('r1', 'RecipientRegistered', '2020-01-01', { identity: identity(OLD) });
const changed = opened('r2', 'RecipientIdentityChanged', '2024-01-01', { identity: identity(NEW), formerSecret: true });

describe('secret identities (E43)', () => {
  it('given a plain change of number, then the former number is no secret', () => {
    expect([
      ...secretIdentities([
        [registered, opened('r2', 'RecipientIdentityChanged', '2024-01-01', { identity: identity(NEW) })],
      ]),
    ]).toEqual([]);
  });

  it('given a change that makes the former number secret, then it is hidden wherever it stands, however it was written', () => {
    const secret = secretIdentities([[registered, changed]]);
    expect([...secret]).toEqual(['191212121212']);
    expect(withoutSecrets(registered, secret).data).toEqual({ identity: { type: 'PERSONNUMMER', value: null } });
    expect(
      withoutSecrets(
        opened('x', 'RecipientRegistered', '2020-01-01', { identity: identity('121212+1212'), name: 'A' }),
        secret,
      ).data,
    ).toEqual({
      identity: { type: 'PERSONNUMMER', value: null },
      name: 'A',
    });
    expect(withoutSecrets(changed, secret)).toBe(changed);
  });

  it('given a correction of the registration, also one written after the change, then its number is secret too', () => {
    const correction = opened('r3', 'EntryCorrected', '2024-02-01', {
      corrects: 'r1',
      reason: 'x',
      data: { identity: identity('20000101-2384') },
    });
    const again = opened('r4', 'EntryCorrected', '2024-02-01', {
      corrects: 'r3',
      reason: 'x',
      data: { corrects: 'r1', reason: 'x', data: { identity: identity('19990101-2388') } },
    });
    const secret = secretIdentities([[registered, changed, correction, again]]);
    expect(secret.size).toBe(3);
    expect(withoutSecrets(correction, secret).data['data']).toEqual({
      identity: { type: 'PERSONNUMMER', value: null },
    });
    expect(JSON.stringify(withoutSecrets(again, secret).data)).not.toContain('19990101');
  });

  it('given that somebody wrote the number in a text, then it is hidden there, however it was written', () => {
    const secret = secretIdentities([[registered, changed]]);
    const told = {
      reason: 'Var 191212121212, 121212-1212 och 19121212 – 1212',
      items: ['x', '121212+1212'],
      other: 'ärende 9121212121234, 19800101-2384',
      none: null,
      count: 3,
    };
    const entry = {
      ...opened('n1', 'FollowUpHeld', '2020-02-01', { notes: told, kind: 'x' }),
      lateReason: 'Fel nummer 121212-1212',
    };
    expect(withoutSecrets(entry, secret)).toEqual({
      ...entry,
      lateReason: 'Fel nummer [dolt nummer]',
      data: {
        kind: 'x',
        notes: { ...told, reason: 'Var [dolt nummer], [dolt nummer] och [dolt nummer]', items: ['x', '[dolt nummer]'] },
      },
    });
    const reserve = withoutSecrets(
      opened('n2', 'FollowUpHeld', '2020-02-01', { notes: 'r-7 7(a) och R-77(a)b', more: 'R-77(A).' }),
      new Set(['R-77(A)']),
    );
    expect(reserve.data).toEqual({ notes: '[dolt nummer] och R-77(a)b', more: '[dolt nummer].' });
  });

  it('given that the secret change was annulled, then nothing is secret any more', () => {
    const annulled = opened('r3', 'EntryAnnulled', '2024-02-01', {
      corrects: 'r2',
      cause: 'NEVER_HAPPENED',
      reason: 'x',
    });
    expect([...secretIdentities([[registered, changed, annulled]])]).toEqual([]);
  });

  it('given a person whose key was destroyed, then there is no number to hide', () => {
    expect([
      ...secretIdentities([
        [
          opened('r1', 'RecipientRegistered', '2020-01-01', { identity: { type: 'PERSONNUMMER', value: null } }),
          changed,
        ],
      ]),
    ]).toEqual([]);
  });
});
