import { availableParallelism } from 'node:os';
import { resumeForgetting } from '../audit/forget/forget.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import type { Config } from '../kernel/config/config.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { IntegrityError } from '../kernel/integrity/integrity-error.js';
import type { Freshness } from '../kernel/http/consistency.js';
import { Evidence } from '../kernel/observability/evidence.js';
import { Metrics } from '../kernel/observability/metrics.js';
import { ObservedEventStore } from '../kernel/observability/observed-event-store.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import { type Clock, systemClock } from '../kernel/time/clock.js';
import type { ViewStore } from '../kernel/view-store/view-store.js';
import { LogKnowledge } from '../judgement/log-knowledge.js';
import { AssessmentProjection } from '../judgement/assessments/assessment-projection.js';
import { type EpisodeJudge, LocalJudge } from '../judgement/assessments/episode-judge.js';
import type { OpenView, StoredView } from '../judgement/running/projection.js';
import { openViews } from '../judgement/running/stored-views.js';
import { IndexProjection } from '../judgement/index/index-projection.js';
import type { PoisonPolicy } from '../judgement/assessments/parking.js';
import { LogStreams } from '../judgement/log-streams.js';
import { olderViews } from '../judgement/running/rebuild-views.js';
import { Runner } from '../judgement/running/runner.js';
import { StoredAssessments } from '../judgement/assessments/stored-assessments.js';
import { StoredFigureCounts } from '../judgement/assessments/stored-figure-counts.js';
import type { ReadSide } from '../judgement/read-side.js';
import { BackgroundRebuild } from '../judgement/running/background-rebuild.js';
import { assertLogContinues } from '../stores/open-notary.js';
import { openRecorder } from '../stores/open-recorder.js';
import {
  assertLogNotLost,
  openEventStore,
  openKeyStore,
  openViewStore,
  type StoreConfig,
} from '../stores/open-stores.js';
import { RecordingThread } from '../import/recording-thread.js';
import { ThreadedJudge } from '../judgement/threads/threaded-judge.js';

/** So many events a server keeps of the streams that it reads again and again: some 20 MB. */
const REMEMBERED_EVENTS = 10_000;

/**
 * The register, put together: stores, log, views and what keeps them current. The server and the CLI are two faces of
 * it.
 */
export interface Register extends ReadSide, Freshness {
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly keys: KeyStore;
  readonly log: EventLog;
  readonly clock: Clock;
  /** The stored views, each after those that it rests on. */
  readonly projections: readonly OpenView[];
  readonly index: IndexProjection;
  readonly projection: AssessmentProjection;
  readonly runner: Runner;
  readonly judge: EpisodeJudge;
  readonly metrics: Metrics;
  /** How it stands with what vouches for the log, as far as this process seals it. */
  readonly evidence: Evidence;
  /** For the facts of a large import; not with stores that live in this process's memory. */
  readonly recordingThread?: () => RecordingThread;
  /** A rebuild in the background; not with stores that live in this process's memory. */
  readonly rebuild?: BackgroundRebuild;
  /** Waits until the views hold everything up to a position. @returns false when they do not after `timeoutMs` */
  waitFor(position: bigint, timeoutMs: number): Promise<boolean>;
  /** As {@link waitFor}, for the index alone, which is brought on here where nothing else brings it. */
  indexed(position: bigint, timeoutMs: number): Promise<boolean>;
  /** How far the clock lies from that of the store, in seconds; undefined where the store has none. */
  clockOffsetSeconds(): number | undefined;
  /** Whether it lies so far off that nothing is recorded. */
  clockOff(): boolean;
  /** Finishes the work under way and closes every store. */
  close(): Promise<void>;
}

export interface RegisterOptions {
  readonly clock?: Clock;
  /** Whether nothing is recorded by a clock that lies too far from the store's. Default for the clock of the system. */
  readonly refuseWrongClock?: boolean;
  /**
   * True for a server: the views follow the log as long as the register is open. Otherwise they move only when told to.
   */
  readonly follow?: boolean;
  /** What is done with an episode that cannot be judged. Default `park`. */
  readonly poison?: PoisonPolicy;
  /**
   * True for whoever is about to build the views anew: they may have been made from another log of this register.
   * Otherwise these are refused.
   */
  readonly anyViews?: boolean;
  /** The stored views, where not all that the program has. */
  readonly storedViews?: readonly StoredView[];
  /** How a rebuild is run beside what answers. */
  readonly rebuild?: BackgroundRebuild;
  /** A thread that records what would otherwise be recorded by the log. */
  readonly recordingThread?: (local: EventLog) => RecordingThread;
  /** Wraps the judge of the calling thread in another. */
  readonly judge?: (local: EpisodeJudge) => EpisodeJudge;
  /**
   * For looking only: told of a log that does not go on where it was sealed, which is otherwise refused. Nothing is
   * written to it then.
   */
  readonly onDamage?: (damage: IntegrityError) => void;
  /** Told of errors while following. */
  readonly onError?: (error: unknown) => void;
}

/** The stores a register stands on; whoever assembles it hands over the closing of them. */
export interface Stores {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly views: ViewStore;
}

/** What of the configuration concerns the register itself. */
export type RegisterConfig = StoreConfig & Partial<Pick<Config, 'poisonPolicy'>>;

/**
 * Opens the register. A log that does not go on where it was sealed last is refused before anything else is done.
 * @throws IntegrityError LOG_NOT_CONTINUED and others; KeyStoreError KEY_STORE_MISMATCH for a log that is gone;
 * EventStoreError, ViewStoreError, KeyStoreError: a store that is not there, not ours, locked, full, or does not fit
 * the others
 */
export async function openRegister(config: RegisterConfig, options: RegisterOptions = {}): Promise<Register> {
  const opened: { close(): Promise<void> }[] = [];
  try {
    assertLogNotLost(config);
    const store = await openEventStore(config);
    opened.push(store);
    const damage = await damageOf(config, store);
    if (damage && !options.onDamage) throw damage;
    if (damage) options.onDamage?.(damage);
    const keys = await openKeyStore(config, store);
    opened.push(keys);
    const views = await openViewStore(config);
    opened.push(views);
    const threaded = (local: EpisodeJudge): EpisodeJudge => new ThreadedJudge(config, availableParallelism(), local);
    const shared = config.eventStore !== 'memory' && config.viewStore !== 'memory';
    // A thread has the clock of the system and stores of its own, which two connections to one server would not gain
    // by.
    const recording = config.eventStore === 'sqlite' && options.clock === undefined;
    const usual: RegisterOptions = {
      ...(config.poisonPolicy ? { poison: config.poisonPolicy } : {}),
      ...(shared ? { judge: threaded, rebuild: new BackgroundRebuild(config) } : {}),
      ...(recording ? { recordingThread: (local) => new RecordingThread(config, local) } : {}),
    };
    // Whoever looks at a damaged log looks past its views, which may have been made from more of it.
    return await assembleRegister(
      { store, keys, views },
      { ...usual, ...options, ...(damage ? { anyViews: true } : {}) },
      damage === undefined,
    );
  } catch (error) {
    for (const each of opened.reverse()) await each.close();
    throw error;
  }
}

async function damageOf(config: RegisterConfig, store: EventStore): Promise<IntegrityError | undefined> {
  try {
    await assertLogContinues(config, store);
    return undefined;
  } catch (error) {
    if (error instanceof IntegrityError) return error;
    throw error;
  }
}

/**
 * Puts a register together over open stores.
 * @param whole false for a damaged log that is only looked at: then no forgetting is taken up
 * @throws KeyStoreError KEY_STORE_MISMATCH when keys and log do not belong together; ViewsOfAnotherRegister,
 * ViewsDoNotFit when views and log do not
 */
export async function assembleRegister(
  { store, keys, views }: Stores,
  options: RegisterOptions = {},
  whole = true,
): Promise<Register> {
  const clock = options.clock ?? systemClock;
  const metrics = new Metrics();
  const recorder = await openRecorder(new ObservedEventStore(store, metrics), keys, clock, {
    rememberedEvents: options.follow ? REMEMBERED_EVENTS : 0,
    refuseWrongClock: options.refuseWrongClock ?? options.clock === undefined,
  });
  if (whole) await resumeForgetting({ log: recorder, keys, clock });
  const index = await IndexProjection.open(views, recorder, eventCatalogue);
  const judge = options.judge ? options.judge(new LocalJudge(recorder, index)) : new LocalJudge(recorder, index);
  const source = { views, store, log: recorder, index, judge, clock, poison: options.poison ?? 'park' };
  const projections = await openViews(source, options.storedViews);
  const kept = projections.map((view) => view.projection);
  const projection = kept.find((one) => one instanceof AssessmentProjection);
  if (!projection) throw new Error('a register without assessments cannot answer');
  if (!options.anyViews) for (const each of kept) await each.assertFits();
  const runner = new Runner(store, kept, {
    onError: (error) => {
      metrics.stepFailed();
      options.onError?.(error);
    },
    onStep: (seconds) => metrics.stepDone(seconds),
    onOvertaken: () => metrics.runnerOvertaken(),
  });
  const knowledge = new LogKnowledge(store, recorder, index, clock, (position, timeoutMs, judged) =>
    runner.waitFor(position, timeoutMs, judged ? kept : [index]),
  );
  const { rebuild, recordingThread } = options;
  if (options.follow) {
    await runner.begin();
    runner.start();
    rebuild?.onEnd(() => runner.wakeUp());
    const [first, ...others] = olderViews({ projections });
    if (first !== undefined) rebuild?.start([first, ...others]);
  }
  return {
    store,
    views,
    keys,
    log: recorder,
    clock,
    projections,
    index,
    projection,
    runner,
    judge,
    metrics,
    evidence: new Evidence(),
    ...(rebuild ? { rebuild } : {}),
    ...(recordingThread ? { recordingThread: () => recordingThread(recorder) } : {}),
    streams: new LogStreams(recorder),
    knowledge,
    assessments: new StoredAssessments(projection, index, recorder, knowledge),
    figures: new StoredFigureCounts(projection, knowledge),
    look: () => runner.look(),
    waitFor: (position, timeoutMs) => runner.waitFor(position, timeoutMs),
    indexed: async (position, timeoutMs) => {
      if (options.follow) return runner.waitFor(position, timeoutMs, [index]);
      await index.reach(position);
      return true;
    },
    registerId: () => recorder.register(),
    head: () => store.head(),
    acknowledged: () => recorder.acknowledged,
    clockOffsetSeconds: () => recorder.clockOffsetSeconds,
    clockOff: () => recorder.clockOff() !== undefined,
    close: async () => {
      await rebuild?.stop();
      await runner.stop();
      await judge.close();
      await views.close();
      await keys.close();
      await store.close();
    },
  };
}
