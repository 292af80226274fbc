import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4 } from 'uuid';
import { eventCatalogue } from '../../../src/facts/event-catalogue.js';
import { personTermsOf } from '../../../src/facts/search-terms.js';
import type { FactToRecord, FactsForStream } from '../../../src/kernel/event-sourcing/event-log.js';
import { Recorder } from '../../../src/kernel/event-sourcing/recorder.js';
import { SqliteEventStore } from '../../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { HeadFile } from '../../../src/kernel/integrity/head-file.js';
import { Notary, type NotaryDesk } from '../../../src/kernel/integrity/notary.js';
import { SigningKey } from '../../../src/kernel/integrity/signing-key.js';
import { TreeFile } from '../../../src/kernel/integrity/tree-file.js';
import { openKeys } from '../../../src/kernel/privacy/open-keys.js';
import type { StoredKeyStore } from '../../../src/kernel/privacy/stored-key-store.js';
import { FixedClock } from '../../../src/kernel/time/clock.js';
import { SAMPLES_V1 } from '../../golden/sample-facts.js';

/** A register in a folder of its own, with all that integrity rests on. */
export class SmallRegister {
  readonly clock = new FixedClock('2026-01-02T10:00:00.000Z');

  private constructor(
    readonly folder: string,
    readonly store: SqliteEventStore,
    readonly keys: StoredKeyStore,
    readonly tree: TreeFile,
    readonly signingKey: SigningKey,
    readonly heads: HeadFile,
  ) {}

  /** @param folder of a register that was closed; by default a new one */
  static async open(folder: string = mkdtempSync(join(tmpdir(), 'register-'))): Promise<SmallRegister> {
    const paths = pathsIn(folder);
    const store = await SqliteEventStore.open({ path: paths.events });
    const keys = await openKeys(
      {
        store: { kind: 'sqlite', path: paths.keys },
        masterKey: { path: join(folder, 'keys', 'master.key'), kept: 'HERE' },
      },
      (await store.head()) === 0n,
    );
    const key = SigningKey.open(paths.signingKey);
    return new SmallRegister(folder, store, keys, TreeFile.open(paths.seals), key, HeadFile.open(paths.head));
  }

  readonly recorder = (() => {
    let made: Recorder | undefined;
    return (): Recorder =>
      (made ??= new Recorder(this.store, this.keys, eventCatalogue, this.clock, {
        searchTermsOf: personTermsOf,
        afterForgetting: ['PersonForgotten'],
      }));
  })();

  notary(): Notary {
    const desk: NotaryDesk = { heads: this.heads, holder: 'the small register', taking: 'AT_ONCE' };
    return new Notary(this.store, this.tree, this.signingKey, this.clock, desk);
  }

  async close(): Promise<void> {
    this.tree.close();
    await this.heads.close();
    await this.keys.close();
    await this.store.close();
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true });
  }

  /** The bytes of every file under the folder. */
  bytes(): Buffer {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
  }
}

export function pathsIn(folder: string): {
  readonly events: string;
  readonly keys: string;
  readonly seals: string;
  readonly signingKey: string;
  readonly head: string;
} {
  return {
    events: join(folder, 'events.sqlite'),
    keys: join(folder, 'keys', 'keys.sqlite'),
    seals: join(folder, 'seals.sqlite'),
    signingKey: join(folder, 'keys', 'signing.key'),
    head: join(folder, 'keys', 'notary.sqlite'),
  };
}

/** One fact of every type but the one that only forgetting makes. */
export const FACTS: readonly FactToRecord[] = SAMPLES_V1.filter(({ type }) => type !== 'PersonForgotten');

/** Each fact by itself, as an import hands them over. */
export function oneByOne(facts: readonly FactToRecord[]): FactsForStream[] {
  return facts.map((fact) => ({ stream: fact.stream, expected: 'ANY', facts: [fact] }));
}

/** A plain fact that anything can be said about: another day of information for an episode. */
export function anotherFact(stream: string, subject: string): FactToRecord {
  return {
    id: v4(),
    type: 'InformationGiven',
    stream,
    effectiveOn: '2026-01-01',
    actor: { id: 'a', role: 'MANAGER' },
    subject,
    data: { form: 'PHONE', items: ['UNDERSTOOD'], attendees: [{ kind: 'RELATIVE', name: 'Alma Alm' }] },
  };
}
