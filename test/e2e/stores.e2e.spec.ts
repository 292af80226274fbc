import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openEventStore, openViewStore } from '../../src/stores/open-stores.js';
import { ASSESSMENTS } from '../../src/judgement/assessments/assessment-projection.js';
import { configAt, embedded } from '../support/stores.js';
import { answerOf } from '../support/verb.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const log = embedded.log ? 'a file' : 'the server at EVENTSTORE_URL';
const views = embedded.views ? 'files' : `the server at ${process.env['MONGODB_URL'] ? 'MONGODB_URL' : 'FERRETDB_URL'}`;

describe('the e2e tests of this run', () => {
  it(`have the log in ${log} and the views in ${views}, and nowhere else`, async () => {
    const data = mkdtempSync(join(tmpdir(), 'fok-stores-'));
    await answerOf(['--data', data, 'import', EXAMPLE]);
    expect([existsSync(join(data, 'events.sqlite')), existsSync(join(data, 'views'))]).toEqual([
      embedded.log,
      embedded.views,
    ]);
    const [store, held] = [await openEventStore(configAt(data)), await openViewStore(configAt(data))];
    expect([store.name, await store.count(), held.name, await held.active(ASSESSMENTS.name)]).toEqual([
      embedded.log ? 'sqlite' : 'eventstoredb',
      86,
      embedded.views ? 'sqlite' : 'mongodb',
      expect.any(String),
    ]);
    await Promise.all([store.close(), held.close()]);
    rmSync(data, { recursive: true });
  });

  // Without a server these are not passed but skipped.
  if (embedded.log) it.skip('skipped: on a real EventStoreDB, EVENTSTORE_URL names no server', () => undefined);
  if (embedded.views) it.skip('skipped: on a real MongoDB, MONGODB_URL names no server', () => undefined);
});
