import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Right, Rights } from './rights.js';
import { ServerLog } from './server-log.js';

const USERS = { admin: { password: 'a' }, fok: { password: 'f:ö', groups: ['register'] }, other: { password: 'o' } };
const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

function rightsWith(written: Readonly<Record<string, unknown>> = {}) {
  const log = new ServerLog();
  for (const [stream, data] of Object.entries(written)) {
    log.append(stream, 'any', [
      {
        id: randomUUID(),
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from(JSON.stringify(data)),
        metadata: new Uint8Array(),
      },
    ]);
  }
  return new Rights(log, USERS);
}

/** What each of them may do with a stream: `r`, `w`, `d` of the stream, `R`, `W` of its metadata. */
function may(rights: Rights, stream: string): Record<string, string> {
  const asked: [string, Right, string][] = [
    ['r', 'read', stream],
    ['w', 'write', stream],
    ['d', 'delete', stream],
    ['R', 'read', `$$${stream}`],
    ['W', 'write', `$$${stream}`],
  ];
  const roles = {
    admin: new Set(['$admins']),
    fok: new Set(['fok', 'register']),
    other: new Set(['other']),
    nobody: undefined,
  };
  return Object.fromEntries(
    Object.entries(roles).map(([who, of]) => [
      who,
      asked
        .filter(([, right, what]) => rights.allows(of, right, what))
        .map(([letter]) => letter)
        .join(''),
    ]),
  );
}

const CLOSED = { $userStreamAcl: { $r: 'register', $w: 'register', $d: '$admins', $mr: 'register', $mw: '$admins' } };

describe('the rights of the double', () => {
  it.each([
    ['as delivered, a stream', {}, 's', { admin: 'rwdRW', fok: 'rwdRW', other: 'rwdRW', nobody: '' }],
    ['as delivered, the log', {}, '$all', { admin: 'rwdRW', fok: '', other: '', nobody: '' }],
    ['as delivered, the settings', {}, '$settings', { admin: 'rwdRW', fok: '', other: '', nobody: '' }],
    ['closed, a stream', { $settings: CLOSED }, 's', { admin: 'rwdRW', fok: 'rwR', other: '', nobody: '' }],
    ['closed, the log', { $settings: CLOSED }, '$all', { admin: 'rwdRW', fok: '', other: '', nobody: '' }],
    [
      'the log opened',
      { $settings: CLOSED, $$$all: { $acl: { $r: 'register' } } },
      '$all',
      { admin: 'rwdRW', fok: 'r', other: '', nobody: '' },
    ],
    [
      'what is left out stays open',
      { $settings: { $userStreamAcl: { $w: 'register' } } },
      's',
      { admin: 'rwdRW', fok: 'rwdRW', other: 'rdRW', nobody: '' },
    ],
    [
      'an empty list closes',
      { $settings: { $userStreamAcl: { $d: [] } } },
      's',
      { admin: 'rwdRW', fok: 'rwRW', other: 'rwRW', nobody: '' },
    ],
    [
      'its own beats the default, to open',
      { $settings: CLOSED, $$s: { $acl: { $r: '$all' } } },
      's',
      { admin: 'rwdRW', fok: 'rwR', other: 'r', nobody: '' },
    ],
    [
      'its own beats the default, to close',
      { $settings: CLOSED, $$s: { $acl: { $w: [] } } },
      's',
      { admin: 'rwdRW', fok: 'rR', other: '', nobody: '' },
    ],
    [
      'a user is a role',
      { $settings: CLOSED, $$s: { $acl: { $r: ['fok', 'other'] } } },
      's',
      { admin: 'rwdRW', fok: 'rwR', other: 'r', nobody: '' },
    ],
    [
      'system streams opened open the settings',
      { $settings: { ...CLOSED, $systemStreamAcl: { $r: 'register' } } },
      '$settings',
      { admin: 'rwdRW', fok: 'r', other: '', nobody: '' },
    ],
  ])('%s', (_, written, stream, expected) => {
    expect(may(rightsWith(written), stream)).toEqual(expected);
  });

  it('knows who calls by name and password, until either changes', () => {
    const rights = rightsWith();
    expect(rights.who(basic('fok', 'f:ö'))).toEqual(new Set(['fok', 'register']));
    expect(rights.who(basic('admin', 'a'))).toEqual(new Set(['admin', '$admins']));
    expect(rights.who(undefined)).toBeUndefined();
    for (const [name, password] of [
      ['fok', 'f'],
      ['fok', ''],
      ['nobody', 'f:ö'],
    ])
      expect(rights.who(basic(name!, password!))).toBe('unknown');
    rights.users.set('fok', { password: 'new' });
    expect(rights.who(basic('fok', 'f:ö'))).toBe('unknown');
    rights.users.set('fok', { password: 'new', disabled: true });
    expect(rights.who(basic('fok', 'new'))).toBe('unknown');
  });
});
