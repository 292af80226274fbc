import { type EvidenceFigures, speaksAgainst } from './evidence.js';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How a view stands, as whoever keeps it says. */
export interface ViewFigures {
  readonly name: string;
  /** Events of the log that it has not taken in. */
  readonly lag: number;
  /** For how long the oldest thing that it has not taken in, or not worked through, has been waiting. */
  readonly lagSeconds: number;
  readonly parked: number;
}

/** A rebuild beside what answers, where one is or was under way. */
export interface RebuildFigures {
  readonly running: boolean;
  readonly done: number;
  readonly total: number;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The figures of one running register, as Prometheus reads them. Labels are names of the program's own parts and codes,
 * never anything about a person.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly appends = this.histogram(
    'fok_append_seconds',
    'Time until appended events were durable, one observation a call to the event store.',
  );
  private readonly appended = this.counter('fok_appended_events_total', 'Events that were appended.');
  private readonly refusals = this.counter(
    'fok_append_refusals_total',
    'Appends that the event store refused, by the code of the error; WRONG_EXPECTED_REVISION is a conflict with another writer.',
    'code',
  );
  private readonly accessRefusals = this.counter(
    'fok_access_refusals_total',
    'Calls that were answered with 401, 403 or 404 about a person or a list of persons, by status.',
    'status',
  );
  private readonly accessFailures = this.counter(
    'fok_access_log_errors_total',
    'Records of the access log that could not be kept; what they were about was not shown.',
  );
  private readonly steps = this.histogram(
    'fok_view_step_seconds',
    'Time of one piece of work on the views: a page of the log, or a portion of judgements, with its write.',
  );
  private readonly errors = this.counter('fok_view_errors_total', 'Errors while keeping the views current.');
  private readonly overtaken = this.counter(
    'fok_view_conflicts_total',
    'How often another runner took over the views from this one.',
  );
  private readonly reachable = this.gauge(
    'fok_stores_reachable',
    '1 when the stores could be asked for these figures, else 0.',
  );
  private readonly lag = this.gauge('fok_view_lag_events', 'Events of the log that a view has not taken in.', 'view');
  private readonly lagSeconds = this.gauge(
    'fok_view_lag_seconds',
    'For how long the oldest thing that a view has not taken in or not worked through has been waiting.',
    'view',
  );
  private readonly parked = this.gauge(
    'fok_view_parked',
    'What a view has put aside because it could not be worked out.',
    'view',
  );
  private readonly clockOffset = this.gauge(
    'fok_clock_offset_seconds',
    'How far the clock lies from that of the event store, as the last append showed; positive where it is ahead.',
  );
  private readonly rebuildRunning = this.gauge(
    'fok_rebuild_running',
    '1 while a view is built anew beside the one that answers.',
  );
  private readonly rebuildDone = this.gauge(
    'fok_rebuild_done',
    'Events or episodes that the current or last rebuild has done.',
  );
  private readonly signs = this.gauge('fok_notary', '1 while this process is the one of its register that signs.');
  private readonly sealed = this.gauge('fok_sealed_events', 'Events under the last checkpoint.');
  private readonly against = this.gauge(
    'fok_evidence_against',
    '1 while a verification found damage, or a witness was shown something that this log contradicts.',
  );
  private readonly verifiedAt = this.gauge(
    'fok_verified_timestamp_seconds',
    'When the whole log was last verified in the background, in seconds since 1970; 0 before it was since the start.',
  );
  private readonly verifiedFindings = this.gauge('fok_verified_findings', 'What that verification found.');
  private readonly witnessedSize = this.gauge('fok_witnessed_events', 'Events that enough witnesses vouch for.');
  private readonly witnessedAge = this.gauge(
    'fok_witnessed_age_seconds',
    'Age of the last checkpoint that enough witnesses vouch for.',
  );
  private readonly witnessSize = this.gauge(
    'fok_witness_events',
    'Events under the last checkpoint that a witness took.',
    'witness',
  );
  private readonly rebuildTotal = this.gauge('fok_rebuild_total', 'Of how many.');

  /**
   * Adds the figures of the process: memory, processor, event loop, garbage collection. For the program that owns the
   * process.
   */
  watchProcess(): this {
    // Its timer for the delay of the event loop would otherwise wake an idle process a hundred times a second.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 250 });
    return this;
  }

  /** @param events how many were appended */
  appendDone(seconds: number, events: number): void {
    this.appends.observe(seconds);
    this.appended.inc(events);
  }

  /** @param code of the event store's error */
  appendRefused(code: string): void {
    this.refusals.inc({ code });
  }

  /** @param status what it was answered with */
  accessRefused(status: number): void {
    this.accessRefusals.inc({ status: String(status) });
  }

  accessNotRecorded(): void {
    this.accessFailures.inc();
  }

  stepDone(seconds: number): void {
    this.steps.observe(seconds);
  }

  stepFailed(): void {
    this.errors.inc();
  }

  runnerOvertaken(): void {
    this.overtaken.inc();
  }

  clockLies(offsetSeconds: number): void {
    this.clockOffset.set(offsetSeconds);
  }

  /**
   * The text that Prometheus reads (exposition format 0.0.4).
   * @param views undefined when the stores could not be asked
   */
  async text(
    views: readonly ViewFigures[] | undefined,
    rebuild: RebuildFigures | undefined,
    evidence?: EvidenceFigures,
  ): Promise<string> {
    this.reachable.set(views ? 1 : 0);
    for (const gauge of [this.lag, this.lagSeconds, this.parked]) gauge.reset();
    for (const view of views ?? []) {
      this.lag.set({ view: view.name }, view.lag);
      this.lagSeconds.set({ view: view.name }, view.lagSeconds);
      this.parked.set({ view: view.name }, view.parked);
    }
    this.rebuildRunning.set(rebuild?.running ? 1 : 0);
    this.rebuildDone.set(rebuild?.done ?? 0);
    this.rebuildTotal.set(rebuild?.total ?? 0);
    if (evidence) this.setEvidence(evidence);
    return this.registry.metrics();
  }

  private setEvidence(evidence: EvidenceFigures): void {
    const { signs, sealed, witnessed, witnesses, verified } = evidence;
    this.signs.set(signs ? 1 : 0);
    this.sealed.set(sealed);
    this.against.set(speaksAgainst(evidence) ? 1 : 0);
    this.verifiedAt.set(verified ? Date.parse(verified.at) / 1000 : 0);
    this.verifiedFindings.set(verified?.findings ?? 0);
    this.witnessedSize.set(witnessed?.size ?? 0);
    if (witnessed?.ageSeconds !== undefined) this.witnessedAge.set(witnessed.ageSeconds);
    this.witnessSize.reset();
    for (const { name, size } of witnesses) this.witnessSize.set({ witness: name }, size);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: SECONDS, registers: [this.registry] });
  }

  private counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
