import { Worker } from 'node:worker_threads';
import { errorTold, type ThreadError } from '../../../kernel/threads/thread-error.js';
import type { StoreConfig } from '../../../stores/open-stores.js';
import type { FindingCode } from '../finding.js';
import type { VerifyReport } from '../verify.js';

export interface BackgroundOrder {
  readonly config: StoreConfig;
  /** Of one core. */
  readonly share: number;
}
export type BackgroundMessage = { readonly report: VerifyReport } | { readonly failed: ThreadError };

/** Told of single streams of a server; everything else goes on, and so does whoever answers from it. */
const OF_STREAMS: ReadonlySet<FindingCode> = new Set([
  'STREAM_TRUNCATED',
  'STREAM_DELETED',
  'STREAM_LIMITED',
  'FOREIGN_EVENT',
]);

/** What a round found that nobody should go on answering over, in one line; undefined for nothing. */
export function damageIn({ findings, count }: Pick<VerifyReport, 'findings' | 'count'>): string | undefined {
  const grave = findings.filter(({ code }) => !OF_STREAMS.has(code));
  // Of many findings only the first are kept: those that are not may be of any kind.
  const [first] = grave;
  if (!first) return count > findings.length ? `${count} findings` : undefined;
  const at = first.position === undefined ? '' : ` at position ${first.position}`;
  return `${first.code}${at}${count > 1 ? `, ${count} findings in all` : ''}`;
}

/**
 * Verifies a register's log from its start to its end in a thread of its own, within a share of one core.
 * @param stop ends it between two pages
 * @returns undefined when it was ended
 * @throws the error that the thread met
 */
export function verifyInBackground(order: BackgroundOrder, stop: AbortSignal): Promise<VerifyReport | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./background-verify-worker.js', import.meta.url), { workerData: order });
    const end = (): void => worker.postMessage('end');
    stop.addEventListener('abort', end, { once: true });
    worker.on('message', (message: BackgroundMessage) => {
      if ('report' in message) resolve(message.report);
      else reject(errorTold(message.failed));
    });
    worker.once('error', (error) => reject(errorTold(error as Error)));
    worker.once('exit', (code) => {
      stop.removeEventListener('abort', end);
      if (stop.aborted) resolve(undefined);
      else reject(new Error(`the thread that verifies the log ended with ${code} before it was done`));
    });
  });
}
