import { setTimeout as sleep } from 'node:timers/promises';
import { damageIn, verifyInBackground } from '../audit/verify/background/verify-in-background.js';
import type { VerifyReport } from '../audit/verify/verify.js';
import type { Config } from '../kernel/config/config.js';
import type { VerifiedFigures } from '../kernel/observability/evidence.js';
import type { VerificationProtocol } from '../kernel/observability/verification-protocol.js';
import type { Clock } from '../kernel/time/clock.js';

/** So much of one core it may take. */
const SHARE = 0.05;
/** So long after the start the first round begins: a server that starts has other things to do. */
const FIRST_AFTER_MS = 60_000;

/** The log is verified beside the answers, again and again. */
export interface Verifying {
  /** What the last round found; undefined before one has ended. */
  readonly figures: VerifiedFigures | undefined;
  /** The protocol of that round. */
  readonly protocol: VerificationProtocol | undefined;
  close(): Promise<void>;
}

/** When a round began and ended, RFC 3339 in UTC. */
export type RoundTimes = Pick<VerificationProtocol, 'startedAt' | 'endedAt'>;

export interface RoundsTold {
  readonly onError: (error: unknown) => void;
  readonly say: (line: string, ok: boolean) => void;
  /** Makes the protocol of a round. */
  readonly protocol: (report: VerifyReport, times: RoundTimes) => Promise<VerificationProtocol>;
}

/**
 * Verifies the log in the background from its start to its end, then again after `config.verifyEveryMs`; not with a log
 * in memory, nor where the settings say so.
 * @param told of each round that ended, in one line, and of what kept one from ending
 */
export function startVerifying(
  config: Config,
  clock: Clock,
  { onError, say, protocol: protocolOf }: RoundsTold,
  round: (stop: AbortSignal) => Promise<VerifyReport | undefined> = (stop) =>
    verifyInBackground({ config, share: SHARE }, stop),
): Verifying | undefined {
  const every = config.verifyEveryMs;
  if (every === undefined || config.eventStore === 'memory') return undefined;
  const ended = new AbortController();
  let figures: VerifiedFigures | undefined;
  let protocol: VerificationProtocol | undefined;
  const rounds = async (): Promise<void> => {
    for (let pause = Math.min(FIRST_AFTER_MS, every); ; pause = every) {
      await sleep(pause, undefined, { signal: ended.signal, ref: false });
      try {
        const startedAt = clock.now();
        const report = await round(ended.signal);
        if (!report) return;
        const damage = damageIn(report);
        const endedAt = clock.now();
        protocol = await protocolOf(report, { startedAt, endedAt });
        figures = {
          at: endedAt,
          events: report.checked,
          findings: report.count,
          ...(damage === undefined ? {} : { damage }),
        };
        say(`verified ${report.checked} events in the background: ${report.count} findings`, report.ok);
      } catch (error) {
        onError(error);
      }
    }
  };
  const running = rounds().catch((error: unknown) => {
    if (!ended.signal.aborted) onError(error);
  });
  return {
    get figures() {
      return figures;
    },
    get protocol() {
      return protocol;
    },
    close: async () => {
      ended.abort();
      await running;
    },
  };
}
