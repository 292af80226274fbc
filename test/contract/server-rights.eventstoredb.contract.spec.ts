import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  applyRights,
  lookAtRights,
  rightsWarning,
  tryRights,
  wantedRights,
} from '../../src/kernel/event-store/eventstoredb/server-rights.js';
import { CertificateAuthority } from '../doubles/eventstoredb/certificates.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { runVerb } from '../support/cli-in-process.js';

const USERS = { admin: { password: 'a' }, fok: { password: 'f', groups: ['register'] }, other: { password: 'o' } };

describe("the rights that the register's streams need on a server", () => {
  let folder: string;
  let double: EventStoreDbDouble;
  let place: (user: keyof typeof USERS) => { readonly connectionString: string; readonly namespace: string };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-rights-'));
    const ca = new CertificateAuthority(folder);
    double = new EventStoreDbDouble({ tls: ca.issue('IP:127.0.0.1'), users: USERS });
    await double.start();
    const options = `?tlsCAFile=${encodeURIComponent(ca.file)}`;
    place = (user) => ({
      connectionString: `esdb://${user}:${USERS[user].password}@127.0.0.1:${double.port}${options}`,
      namespace: 'fok.',
    });
  });
  afterEach(() => {
    double.kill();
    rmSync(folder, { recursive: true });
  });

  const states = async (user: keyof typeof USERS) =>
    (await lookAtRights(place(user), 'register')).map((one) => one.state);

  it('are not there as the server is delivered, and are in force when an administrator has applied them', async () => {
    expect(await states('admin')).toEqual(['ABSENT', 'ABSENT']);
    expect(await applyRights(place('admin'), 'register', false)).toEqual(wantedRights('register'));
    expect(await states('admin')).toEqual(['IN_FORCE', 'IN_FORCE']);
    expect(await applyRights(place('admin'), 'register', false)).toEqual([]);
  });

  it('let the user of the register neither delete nor truncate, and say so when it could', async () => {
    const before = await tryRights(place('fok'));
    expect(before).toEqual({ user: 'fok', mayDelete: true, mayTruncate: true });
    expect(rightsWarning(before)).toContain('the user fok, and perhaps every other, may delete and truncate');
    await applyRights(place('admin'), 'register', false);
    const after = await tryRights(place('fok'));
    expect(after).toEqual({ user: 'fok', mayDelete: false, mayTruncate: false });
    expect(rightsWarning(after)).toBeUndefined();
    expect(await tryRights(place('other'))).toMatchObject({ mayDelete: false, mayTruncate: false });
    expect(await tryRights(place('admin'))).toMatchObject({ mayDelete: true, mayTruncate: true });
  });

  it('are tried without anything being written', async () => {
    let changes = 0;
    double.log.onChange(() => (changes += 1));
    for (const user of ['fok', 'admin'] as const) await tryRights(place(user));
    expect(changes).toBe(0);
    await applyRights(place('admin'), 'register', false);
    expect(changes).toBeGreaterThan(0);
  });

  it('are hidden from the user of the register, and cannot be applied by it', async () => {
    expect(await states('fok')).toEqual(['HIDDEN', 'HIDDEN']);
    await expect(applyRights(place('fok'), 'register', false)).rejects.toThrow(
      'the user fok may not append to $settings',
    );
  });

  it('do not take the place of others unless that is said', async () => {
    await applyRights(place('admin'), 'somebody', false);
    expect(await states('admin')).toEqual(['OTHER', 'OTHER']);
    await expect(applyRights(place('admin'), 'register', false)).rejects.toThrow('$settings and $$$all');
    expect(await states('admin')).toEqual(['OTHER', 'OTHER']);
    await applyRights(place('admin'), 'register', true);
    expect(await states('admin')).toEqual(['IN_FORCE', 'IN_FORCE']);
  });

  it('are told and applied on the command line', async () => {
    const environment = {
      DATA_DIR: folder,
      EVENT_STORE: 'eventstoredb',
      EVENTSTORE_URL: place('admin').connectionString,
      EVENTSTORE_NAMESPACE: 'fok',
    };
    const told = await runVerb(['eventstore', 'prepare'], environment);
    expect(told.code).toBe(1);
    expect(told.stdout.trimEnd().split('\n')).toEqual([
      'stream $settings  type update-default-acl  {"$userStreamAcl":{"$r":"register","$w":"register","$d":"$admins","$mr":"register","$mw":"$admins"}}',
      '  not there: as delivered, every user may write to and delete every stream',
      'stream $$$all  type $metadata  {"$acl":{"$r":"register"}}',
      '  not there: as delivered, only administrators may read the whole log',
    ]);
    const applied = await runVerb(['eventstore', 'prepare', '--apply'], environment);
    expect(applied.code).toBe(0);
    expect(applied.stdout).toContain('written to $settings\nwritten to $$$all\n');
    expect(applied.stdout).toContain('  in force');
    expect((await runVerb(['eventstore', 'prepare', '--group', 'a b'], environment)).code).toBe(2);
    expect((await runVerb(['eventstore', 'prepare'], { DATA_DIR: folder, EVENT_STORE: 'sqlite' })).stderr).toContain(
      'the log is on no server',
    );
  });
});

describe('a server that asks nobody who they are', () => {
  it('lets everybody delete and truncate, which is said', async () => {
    const double = new EventStoreDbDouble();
    await double.start();
    const tried = await tryRights({ connectionString: double.connectionString, namespace: 'fok.' });
    double.kill();
    expect(tried).toEqual({ user: undefined, mayDelete: true, mayTruncate: true });
    expect(rightsWarning(tried)).toContain('everybody who reaches the server');
  });
});
