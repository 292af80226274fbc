import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckFindings } from './check-finding.js';
import { checkFences } from './check-fences.js';
import { checkKeys, type KeysChecked } from './check-keys.js';
import { checkViews, type ViewsChecked, type ViewsToCheck } from './check-views.js';
import type { Extent } from './log-sample.js';
import type { VerifyReport } from '../verify/verify.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { type EventStore, EventStoreError, EventStoreUnusable } from '../../kernel/event-store/event-store.js';
import { IntegrityError } from '../../kernel/integrity/integrity-error.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import { KeyStoreError } from '../../kernel/privacy/key-store-error.js';
import { SqliteViewStore } from '../../kernel/view-store/sqlite/sqlite-view-store.js';
import { ViewStoreError } from '../../kernel/view-store/view-store.js';
import { openEventStore, type StoreConfig } from '../../stores/open-stores.js';
import { verifyRegister } from '../verify/verify-register.js';

export interface CheckReport {
  readonly ok: boolean;
  /** What verifying the log gave; absent when it cannot be read. */
  readonly log?: VerifyReport;
  readonly keys?: KeysChecked;
  readonly views?: ViewsChecked;
  /** The first findings beyond those in `log`; `count` says how many there are. */
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly count: number;
}

/** What of an opened register is checked. */
export interface CheckedRegister extends Pick<ViewsToCheck, 'log' | 'projections' | 'index' | 'projection'> {
  readonly store: EventStore;
  readonly keys: KeyStore;
}

export interface CheckOptions {
  readonly extent: Extent;
  /** Opens the register with its views brought up to the end of the log, and closes it when the work is done. */
  readonly withRegister: <T>(work: (register: CheckedRegister) => Promise<T>) => Promise<T>;
  readonly onProgress: (what: 'log' | 'keys' | 'views', done: number) => void;
}

/**
 * Checks a register from the ground up: the log as it lies there, opened for reading only; then whether keys and log
 * fit; then whether the views say what the log says. A part that cannot be opened at all is a finding, and what rests
 * on it is not checked.
 */
export async function checkRegister(
  config: StoreConfig,
  { extent, withRegister, onProgress }: CheckOptions,
): Promise<CheckReport> {
  const findings = new CheckFindings();
  const broken: { readonly code: string; readonly message: string }[] = [];
  let done: Pick<CheckReport, 'log' | 'keys' | 'views'> = {};
  try {
    done = { log: await checkLog(config, findings, (events) => onProgress('log', events)) };
    done = { ...done, ...(await withRegister((register) => checkOpened(register, extent, findings, onProgress))) };
  } catch (error) {
    if (!(
      error instanceof EventStoreError ||
      error instanceof KeyStoreError ||
      error instanceof ViewStoreError ||
      error instanceof IntegrityError
    ))
      throw error;
    broken.push({ code: error.code, message: error.message });
  }
  const count = broken.length + findings.count;
  return { ok: count === 0 && done.log?.ok === true, ...done, findings: [...broken, ...findings.kept], count };
}

async function checkLog(
  config: StoreConfig,
  findings: CheckFindings,
  onProgress: (events: number) => void,
): Promise<VerifyReport> {
  const store = await openEventStore(config, { readOnly: true });
  try {
    const report = await verifyRegister(config, store, { onProgress });
    for (const finding of await checkFile(store)) findings.add('FILE_DAMAGED', `the log's file: ${finding}`);
    return report;
  } finally {
    await store.close();
  }
}

/** A file may be so damaged that looking for the damage fails; that is what was found then. */
async function checkFile(store: EventStore): Promise<string[]> {
  try {
    return (await store.checkFile?.()) ?? [];
  } catch (error) {
    if (error instanceof EventStoreUnusable) return [error.message];
    throw error;
  }
}

async function checkOpened(
  register: CheckedRegister,
  wanted: Extent,
  findings: CheckFindings,
  onProgress: CheckOptions['onProgress'],
): Promise<Pick<CheckReport, 'keys' | 'views'>> {
  const head = await register.store.head();
  if (head === 0n) return {};
  const extent: Extent = 'sample' in wanted && wanted.sample >= (await register.store.count()) ? { all: true } : wanted;
  await checkFences(register.store, register.keys, findings);
  const told = { keys: 0, views: 0 };
  const tell = (what: 'keys' | 'views') => (more: number) => onProgress(what, (told[what] += more));
  const folder = mkdtempSync(join(tmpdir(), 'fok-check-'));
  const scratch = await SqliteViewStore.open(folder);
  try {
    return {
      keys: await checkKeys(register.log, register.keys, head, extent, findings, tell('keys')),
      views: await checkViews(
        { ...register, catalogue: eventCatalogue, scratch },
        head,
        extent,
        findings,
        tell('views'),
      ),
    };
  } finally {
    await scratch.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
