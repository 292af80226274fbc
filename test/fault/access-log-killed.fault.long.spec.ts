import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { accessLogPath } from '../../src/access-log/open-access-log.js';
import { SqliteAccessLog } from '../../src/access-log/sqlite/sqlite-access-log.js';
import { verifyAccessLog } from '../../src/access-log/verify/verify-access-log.js';
import { all } from '../access-log/samples.js';
import { atMost, Moments, SEED } from '../support/rounds.js';
import { begin, killLeft, serve } from './served.js';

jest.setTimeout(7_200_000);

/** Fifty, or as many as FAULT_ROUNDS says: the whole run is done with FAULT_ROUNDS=500. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 50);
const READERS = 16;
const RECIPIENT = '10000000-0000-4000-8000-000000000001';
/** Stands in every answer about her, and in none that is withheld. */
const HERS = /"recipient":/;
const ON = { ACCESS_LOG: 'on' };

let folder: string;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-access-killed-'));
  data = join(folder, 'data');
  await begin(data);
});
afterEach(killLeft);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digits = (number: number, width: number): string => String(number).padStart(width, '0');

/** Reads over and over, each call under an id of its own; what arrives is kept, however little it is. */
class Reader {
  /** What each call received. */
  readonly received = new Map<string, string>();
  private over = false;
  private calls = 0;

  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  async read(): Promise<void> {
    while (!this.over) await this.readOnce();
  }

  stop(): void {
    this.over = true;
  }

  private readOnce(): Promise<void> {
    this.calls += 1;
    const call = `${this.name}-${digits(this.calls, 12)}`;
    const { hostname, port } = new URL(this.url);
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET /api/v1/recipients/${RECIPIENT}/timeline HTTP/1.1\r\nHost: localhost\r\nX-Correlation-Id: ${call}\r\nConnection: close\r\n\r\n`,
        ),
      );
      socket.setEncoding('utf8');
      socket.on('data', (text: string) => this.received.set(call, (this.received.get(call) ?? '') + text));
      socket.on('error', () => {
        this.over = true;
      });
      socket.on('close', () => resolve());
    });
  }
}

async function recorded(): Promise<Set<string>> {
  const log = await SqliteAccessLog.open({ path: accessLogPath(data) });
  try {
    const { findings } = await verifyAccessLog(log, { notes: [] });
    expect(findings).toEqual([]);
    return new Set((await all(log.read())).map(({ record }) => record.request));
  } finally {
    await log.close();
  }
}

describe('a server that is killed while people read', () => {
  it(`has a record of everybody who received anything of a person (${ROUNDS} rounds, seed ${SEED})`, async () => {
    const moments = new Moments('access log');
    let shown = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { server, url } = await serve(data, ON);
      const readers = Array.from(
        { length: READERS },
        (_, at) => new Reader(url, `${digits(round, 8)}-${digits(at, 4)}-4000-8000`),
      );
      const reading = Promise.all(readers.map((reader) => reader.read()));
      await atMost(moments.within(30, 900), server.ended);
      await server.kill();
      for (const reader of readers) reader.stop();
      await reading;
      const kept = await recorded();
      for (const { received } of readers)
        for (const [call, text] of received) {
          if (!HERS.test(text)) continue;
          shown += 1;
          if (!kept.has(call))
            throw new Error(`round ${round}: ${call} received ${text.length} characters, and is not in the log`);
        }
    }
    expect(shown).toBeGreaterThan(ROUNDS);
  });

  it('shows nothing while its disk is full, and goes on when there is room', async () => {
    const { server, url } = await serve(data, ON);
    const ask = async (): Promise<number> => (await fetch(`${url}/api/v1/recipients/${RECIPIENT}/timeline`)).status;
    expect(await ask()).toBe(200);
    server.limitFiles(4096);
    const refused = await fetch(`${url}/api/v1/recipients/${RECIPIENT}/timeline`);
    const text = await refused.text();
    expect([refused.status, HERS.test(text)]).toEqual([503, false]);
    expect(text).toContain('ACCESS_LOG_UNAVAILABLE');
    server.limitFiles();
    expect(await ask()).toBe(200);
    await server.stop();
    await recorded();
  });
});
