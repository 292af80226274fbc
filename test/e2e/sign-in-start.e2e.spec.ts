import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { configure } from '../../src/kernel/config/configure.js';
import { type RunningServer, startServer } from '../../src/server/serve.js';
import { openSessions } from '../../src/stores/open-sessions.js';
import { MongoSessionStore } from '../../src/kernel/sessions/mongodb/mongo-session-store.js';
import { SqliteSessionStore } from '../../src/kernel/sessions/sqlite-session-store.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { databaseAt } from '../support/mongodb-address.js';
import { TestIssuer } from '../support/test-issuer.js';

jest.setTimeout(60_000);

describe('a server whose callers sign in by a provider that is not there yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-oidc-'));
  let issuer: TestIssuer;
  let server: RunningServer;
  beforeAll(async () => {
    issuer = await TestIssuer.start();
    await issuer.stop();
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'hemlig\n');
    const environment = {
      EVENT_STORE: 'memory',
      DATA_DIR: folder,
      PORT: '0',
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: 'fok-api',
      OIDC_CLIENT_ID: 'fok',
      OIDC_CLIENT_SECRET_FILE: secret,
      OIDC_ACR_LEVELS: 'http://id.sambi.se/loa/loa3=3',
      PUBLIC_URL: 'https://registret.example',
    };
    server = await startServer(await configure(environment), pino({ level: 'silent' }));
  });
  afterAll(async () => {
    await server.close();
    await issuer.stop();
    rmSync(folder, { recursive: true });
  });

  async function ask(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<readonly [number, Record<string, unknown>]> {
    const { port } = new URL(server.url);
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.once('end', () => {
          const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text };
          resolve([answer.statusCode ?? 0, { ...body, location: answer.headers.location }]);
        });
      })
        .once('error', reject)
        .end();
    });
  }

  it('starts, says how callers are known, and knows nobody; then it goes on by itself', async () => {
    expect(await ask('/health/live')).toEqual([
      200,
      expect.objectContaining({ details: { signIn: { status: 'up', auth: 'oidc' } } }),
    ]);
    const bearer = { Authorization: `Bearer ${await issuer.token()}` };
    expect(await ask('/api/v1/me', bearer)).toEqual([503, expect.objectContaining({ code: 'IDENTITY_UNAVAILABLE' })]);
    await issuer.listen();
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    expect(await ask('/api/v1/me', bearer)).toEqual([
      200,
      expect.objectContaining({ subject: 'maja', issuer: issuer.url, level: 3, roles: [] }),
    ]);
  });

  it('lets nobody do anything who has no role, and nobody in who has not signed in', async () => {
    const bearer = { Authorization: `Bearer ${await issuer.token()}` };
    expect(await ask('/api/v1/projections', bearer)).toEqual([403, expect.objectContaining({ code: 'NOT_ALLOWED' })]);
    expect(await ask('/api/v1/projections')).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
  });

  it('is called by its public name, and sends people back there', async () => {
    const [status, { location }] = await ask('/logga-in', { Host: 'registret.example' });
    expect([status, new URL(String(location)).origin]).toEqual([303, issuer.url]);
    expect(new URL(String(location)).searchParams.get('redirect_uri')).toBe('https://registret.example/logga-in/svar');
    expect(await ask('/api/v1/me', { Host: 'evil.example' })).toEqual([
      421,
      expect.objectContaining({ code: 'HOST_NOT_SERVED' }),
    ]);
  });
});

describe('the sessions', () => {
  it('lie where the keys do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fok-sessions-'));
    const double = await FakeMongoDB.start('standalone');
    const config = { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' } as const;
    const file = await openSessions(config);
    const server = await openSessions({
      ...config,
      keyStore: 'mongodb',
      keysMongodbUrl: databaseAt(double.url, 'keys'),
    });
    try {
      expect([file, server]).toEqual([expect.any(SqliteSessionStore), expect.any(MongoSessionStore)]);
    } finally {
      await Promise.all([file.close(), server.close()]);
      await double.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
