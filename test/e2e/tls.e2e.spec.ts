import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { configure } from '../../src/kernel/config/configure.js';
import { type TlsPair, readTlsPair, TlsUnusable } from '../../src/kernel/http/tls.js';
import { type RunningServer, startServer } from '../../src/server/serve.js';
import { CertificateAuthority } from '../doubles/eventstoredb/certificates.js';

jest.setTimeout(60_000);

describe('a server with a certificate of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-tls-'));
  const authority = new CertificateAuthority(folder);
  const files = { cert: join(folder, 'server.pem'), key: join(folder, 'server.key') };
  const log: string[] = [];
  let server: RunningServer;

  function put(names = 'IP:127.0.0.1'): TlsPair {
    const { certificate, key } = authority.issue(names);
    writeFileSync(files.cert, certificate);
    writeFileSync(files.key, key);
    return { cert: certificate, key };
  }

  /** The status of a call over a new connection, and the serial number that the server showed. */
  function ask(): Promise<{ readonly status: number | undefined; readonly serial: string }> {
    return new Promise((resolve, reject) => {
      const options = {
        ca: readFileSync(authority.file),
        agent: new Agent({ keepAlive: false, maxCachedSessions: 0 }),
      };
      get(`${server.url}/health/live`, options, (answer) => {
        const serial = (answer.socket as TLSSocket).getPeerCertificate().serialNumber;
        answer.resume().once('end', () => resolve({ status: answer.statusCode, serial }));
      }).once('error', reject);
    });
  }

  beforeAll(async () => {
    put();
    const environment = {
      EVENT_STORE: 'memory',
      DATA_DIR: folder,
      HOST: '127.0.0.1',
      PORT: '0',
      TLS_CERT: files.cert,
      TLS_KEY: files.key,
    };
    server = await startServer(await configure(environment), pino({}, { write: (line: string) => log.push(line) }));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('answers over TLS, and over nothing else', async () => {
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask()).status).toBe(200);
    await expect(fetch(server.url.replace('https', 'http'))).rejects.toThrow();
  });

  it('shows a new one without a restart, and keeps the one before where the new one cannot be used', async () => {
    const before = (await ask()).serial;
    put();
    process.emit('SIGHUP', 'SIGHUP');
    const after = await changed(before);
    expect(log.join('')).toContain('new certificate');
    // A key that belongs to another certificate.
    copyFileSync(join(folder, 'ca.key'), files.key);
    process.emit('SIGHUP', 'SIGHUP');
    await until(() => log.join('').includes('the certificate stays'));
    expect((await ask()).serial).toBe(after);
    expect(log.join('')).not.toContain('PRIVATE KEY');
    put();
    process.emit('SIGHUP', 'SIGHUP');
    await changed(after);
  });

  async function changed(before: string): Promise<string> {
    let serial = before;
    await until(async () => {
      ({ serial } = await ask());
      return serial !== before;
    });
    return serial;
  }

  async function until(done: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await done()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('it did not come to that');
  }
});

describe('files that are no certificate and its key', () => {
  it('are refused by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fok-tls-'));
    try {
      const [cert, key] = [join(folder, 'a.pem'), join(folder, 'a.key')];
      await expect(readTlsPair({ cert, key })).rejects.toThrow(
        /TLS_CERT \(.*a\.pem\) and TLS_KEY \(.*a\.key\).*ENOENT/,
      );
      for (const file of [cert, key]) writeFileSync(file, 'no PEM');
      await expect(readTlsPair({ cert, key })).rejects.toThrow(TlsUnusable);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
