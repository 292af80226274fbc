import { embedded } from './stores.js';

/**
 * A timeline by its streams where the log is on a server: entries of one day on different streams stand as the log took
 * them in, and an import writes different persons' facts there side by side. In a file the order is that of the history
 * file, and is compared.
 */
export function inServerOrder(timeline: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (embedded.log) return timeline;
  const place = ({ effectiveOn, stream, revision }: Record<string, string>): string =>
    `${effectiveOn} ${stream} ${String(revision).padStart(9, '0')}`;
  const entries = (timeline['entries'] as Record<string, string>[]).map((entry) => [place(entry), entry] as const);
  return { ...timeline, entries: entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry) };
}
