/**
 * How much is measured. A quick run shows that everything can be measured and says little about speed; the others
 * differ in size alone.
 * `sizes` are numbers of recipients; goals and what follows on paper are told where `judges` is true.
 */
const PLANS = {
  quick: {
    sizes: [50, 150],
    judges: false,
    rounds: 3,
    historyRounds: 1,
    appends: 150,
    groups: 12,
    batches: 2,
    syncs: 300,
    requests: 40,
    reports: 20,
    commands: 60,
    commandsAtOnce: 640,
    emmettAppends: 50,
    installEmmett: false,
  },
  default: {
    sizes: [1_000, 10_000],
    judges: true,
    rounds: 7,
    historyRounds: 3,
    appends: 1_500,
    groups: 150,
    batches: 12,
    syncs: 3_000,
    requests: 1_000,
    reports: 200,
    commands: 1_000,
    commandsAtOnce: 6_400,
    emmettAppends: 300,
    installEmmett: true,
  },
};
PLANS.full = { ...PLANS.default, sizes: [1_000, 10_000, 100_000] };

/**
 * The history that is simulated at every size: four years, ending before today so that the same file can be imported
 * whenever.
 */
export const PERIOD = { from: '2022-07-01', to: '2026-06-30', seed: 'bench' };

/** Rows a transaction and pages of the log, for us and for raw alike. The import decides its own; raw follows it. */
export const BATCH_ROWS = 1_000;

/** Clients at once, for group commit and for HTTP. */
export const CLIENTS = 64;

/** @param {'quick' | 'default' | 'full'} name */
export function planOf(name) {
  return { name, ...PLANS[name] };
}

/** So many times a history of this size is measured: the largest of a full run takes minutes each time. */
export function historyRounds(plan, size) {
  return size >= 100_000 ? 1 : plan.historyRounds;
}
