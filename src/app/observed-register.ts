import type { Config } from '../kernel/config/config.js';
import type { Observed } from '../kernel/observability/observed.js';
import { projectionStatus } from '../judgement/running/status.js';
import type { Register } from './register.js';

/**
 * What can be seen of a register from outside.
 * @param settings how callers are known, and how far views may be behind and still be ready to answer
 */
export function observed(
  register: Register,
  { auth, readyMaxLagSeconds: maxLagSeconds }: Pick<Config, 'auth' | 'readyMaxLagSeconds'>,
): Observed {
  const { metrics, store, keys, projection, runner } = register;
  return {
    metrics,
    auth,
    maxLagSeconds,
    stores: {
      eventStore: () => store.head(),
      viewStore: () => projection.version.checkpoint(),
      keyStore: () => keys.isForgotten('nobody'),
    },
    views: () => projectionStatus(register),
    get rebuild() {
      const status = register.rebuild?.status;
      if (!status || status.state === 'IDLE') return undefined;
      const progress = 'progress' in status ? status.progress : undefined;
      return { running: status.state === 'RUNNING', done: progress?.done ?? 0, total: progress?.total ?? 0 };
    },
    checkpoints: () => register.evidence.checkpoints(),
    get evidence() {
      return register.evidence.figures;
    },
    get clockOffsetSeconds() {
      return register.clockOffsetSeconds();
    },
    get clockOff() {
      return register.clockOff();
    },
    get standsStill() {
      return runner.stoppedBy !== undefined;
    },
  };
}
