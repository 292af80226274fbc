/** In what the versions of the server differ, as far as the register meets it. */

export type Release = '23.10.8' | '24.10.4' | '25.0.0' | '26.1.0';

export interface Conduct {
  readonly release: Release;
  /** What one append may take. For 26.1 it is recorded only that 20 MB are taken. */
  readonly maxAppendBytes: number;
  /** Whether a subscription to a stream that is not there says at once that it has caught up. */
  readonly caughtUpWithNothing: boolean;
  /**
   * After a window in which nothing passed the filter, a checkpoint has the commit position of the event *after* the window, so that whoever
   * goes on from the commit position alone never sees that event. Mended in 24.10.5 and 25.0.1.
   */
  readonly checkpointsAhead: boolean;
  /** What it says of a position at which no event stands. */
  readonly noEventAt: (position: bigint) => string;
}

const old = {
  maxAppendBytes: 1_048_576,
  caughtUpWithNothing: false,
  checkpointsAhead: false,
  noEventAt: () => 'Unexpected ReadAllResult: InvalidPosition',
} as const;

const CONDUCTS: Readonly<Record<Release, Conduct>> = {
  '23.10.8': { ...old, release: '23.10.8' },
  '24.10.4': { ...old, release: '24.10.4', checkpointsAhead: true },
  '25.0.0': { ...old, release: '25.0.0', checkpointsAhead: true },
  '26.1.0': {
    release: '26.1.0',
    maxAppendBytes: 67_108_864,
    caughtUpWithNothing: true,
    checkpointsAhead: false,
    noEventAt: (position) =>
      `Unexpected ReadAllResult: InvalidPosition >> Log record at actual pos ${position + 128n} has non-positive length: 0. ` +
      ' in chunk #0-0 (chunk-000000.000000).',
  },
};

export function conductOf(release: Release): Conduct {
  return CONDUCTS[release];
}
