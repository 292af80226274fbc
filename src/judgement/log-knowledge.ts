import { type KnowledgeRun, knowledgeRuns, stampRuns } from '../kernel/event-sourcing/knowledge.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { leafOf } from '../kernel/integrity/leaf.js';
import { arrivalOf } from '../kernel/http/arrival.js';
import { Problem } from '../kernel/http/problem.js';
import type { Reached } from '../kernel/projections/checkpointed-writer.js';
import type { Clock } from '../kernel/time/clock.js';
import { instantOf, isExact, type Micros, microsOf } from '../kernel/time/instant.js';
import { answerProblems } from './answer-problems.js';
import type { IndexProjection } from './index/index-projection.js';
import type { Knowledge, Known, Provenance, UpTo } from './read-model.js';

/** By so much the clocks of two nodes may differ, so that neither takes the other's present for the future. */
const AHEAD_MICROS = 10_000_000;
const PAGE = 1_000;

/** A part of the log: its last position, how many facts it has, and the instant of the last. */
type Part = Pick<Known, 'position' | 'facts'> & { readonly instant: Micros };

type Place = Pick<Reached, 'position' | 'facts'>;

/** A view that says how far it tells everything. */
interface Told {
  told(): Promise<Place>;
}

/** Waits until the views have taken in a position, and `judged` it where that matters. */
export type WaitForViews = (position: bigint, timeoutMs: number, judged: boolean) => Promise<boolean>;

const NOTHING: Part = { position: 0n, facts: 0, instant: 0 };

/** Says what answers rest on, by the order of knowledge that the index keeps. */
export class LogKnowledge implements Knowledge {
  private since: string | undefined;
  private lastLeaf: { readonly position: bigint; readonly leaf: string } | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly log: Pick<EventLog, 'register'>,
    private readonly index: IndexProjection,
    private readonly clock: Clock,
    private readonly waitFor: WaitForViews,
  ) {}

  async at(asked?: string): Promise<Known> {
    await this.waitForViews(false);
    const head = await this.headOnArrival();
    return this.partAt(asked, await this.last(), head);
  }

  /** As {@link at}, but with no more than another view tells. */
  async within(view: Told, asked?: string): Promise<Known> {
    await this.waitForViews(true);
    const head = await this.headOnArrival();
    const { position, facts } = await view.told();
    return this.partAt(asked, await this.lastWithin(position, facts), head);
  }

  /** As {@link within}, of what was read already up to there. */
  async upTo({ position, facts }: Place, asked?: string): Promise<Known> {
    return this.partAt(asked, await this.lastWithin(position, facts), await this.headOnArrival());
  }

  /** Up to the nth fact of the log, or to as many as another view tells. */
  async ofFacts(facts: number, view: Told): Promise<Known> {
    const head = await this.headOnArrival();
    const end = await view.told();
    if (facts < end.facts) return this.known(await this.withFacts(facts), 0n);
    return this.known(await this.lastWithin(end.position, end.facts), head);
  }

  async through(position: bigint): Promise<Known> {
    const head = await this.headOnArrival();
    let run = await this.index.knowledge.last();
    while (run === undefined || run.last < position) {
      const page = await this.store.readLog({ from: run?.last ?? 0n, limit: PAGE });
      const next = knowledgeRuns(run, stampRuns(page.filter((record) => record.position <= position))).at(-1);
      if (!next) break;
      run = next;
    }
    return this.known(run ? endOf(run) : NOTHING, head);
  }

  async provenance({ position }: UpTo): Promise<Provenance> {
    const register = (await this.log.register()) ?? '';
    if (position === 0n) return { register, leaf: null };
    if (this.lastLeaf?.position !== position) {
      const [record] = await this.store.readLog({ from: position - 1n, limit: 1 });
      if (record?.position !== position) return { register, leaf: null };
      this.lastLeaf = { position, leaf: Buffer.from(leafOf(record)).toString('hex') };
    }
    return { register, leaf: this.lastLeaf.leaf };
  }

  private async partAt(asked: string | undefined, end: Part, head: bigint): Promise<Known> {
    if (asked === undefined) return this.known(end, head);
    const instant = microsOf(asked);
    if (instant > Math.max(microsOf(this.clock.now()), end.instant) + AHEAD_MICROS)
      throw new Problem(answerProblems.KNOWN_AT_AHEAD);
    const part = isExact(asked) ? await this.knownAt(instant) : await this.stampedBy(instant);
    const closed = part.facts < end.facts;
    // Before the first entry nothing is known, and that part of the log is named by whatever instant lies there.
    const named = closed && part.facts === 0 ? { ...part, instant } : part;
    return { ...(await this.known(closed ? named : end, closed ? 0n : head)), requestedKnownAt: asked, closed };
  }

  private async known({ position, facts, instant }: Part, head: bigint): Promise<Known> {
    const since = await this.registerSince();
    const late = head > position || (head > 0n && arrivalOf()?.inVain === true);
    return {
      knownAt: instantOf(instant),
      position,
      facts,
      ...(since === undefined ? {} : { registerSince: since }),
      late,
    };
  }

  private async last(): Promise<Part> {
    const run = await this.index.knowledge.last();
    return run ? endOf(run) : NOTHING;
  }

  private async lastWithin(position: bigint, facts: number): Promise<Part> {
    if (facts === 0) return NOTHING;
    const last = await this.index.knowledge.last();
    if (last && last.facts - (last.until - last.from) <= facts)
      return facts < last.facts ? { position, facts, instant: last.until - (last.facts - facts) } : endOf(last);
    const run = await this.index.knowledge.withFact(facts);
    return run ? { position, facts, instant: run.until - (run.facts - facts) } : NOTHING;
  }

  private async knownAt(instant: Micros): Promise<Part> {
    const run = await this.index.knowledge.begunBy(instant);
    return run ? this.partOf(run, run.facts - Math.max(0, run.until - instant)) : NOTHING;
  }

  private async stampedBy(instant: Micros): Promise<Part> {
    const run = await this.index.knowledge.stampedBy(Math.floor(instant / 1000));
    return run ? endOf(run) : NOTHING;
  }

  private async withFacts(facts: number): Promise<Part> {
    const run = facts > 0 ? await this.index.knowledge.withFact(facts) : undefined;
    return run ? this.partOf(run, facts) : NOTHING;
  }

  /** The part of the log that ends within a run. */
  private async partOf(run: KnowledgeRun, facts: number): Promise<Part> {
    const behind = run.facts - facts;
    if (behind === 0) return endOf(run);
    return { position: await this.positionIn(run, run.until - run.from - behind), facts, instant: run.until - behind };
  }

  private async positionIn({ first }: KnowledgeRun, nth: number): Promise<bigint> {
    if (this.store.gapless) return first + BigInt(nth);
    let position = first;
    for (let left = nth; left > 0;) {
      const page = await this.store.readLog({ from: position, limit: Math.min(left, PAGE) });
      const last = page.at(-1);
      if (!last) break;
      position = last.position;
      left -= page.length;
    }
    return position;
  }

  private async waitForViews(judged: boolean): Promise<void> {
    await arrivalOf()?.wait((position, timeoutMs) => this.waitFor(position, timeoutMs, judged));
  }

  private async headOnArrival(): Promise<bigint> {
    return arrivalOf()?.head ?? this.store.head();
  }

  /** recordedAt of the first event; it never changes once there is one. */
  private async registerSince(): Promise<string | undefined> {
    if (this.since === undefined) this.since = (await this.store.readLog({ limit: 1 }))[0]?.recordedAt;
    return this.since;
  }
}

function endOf({ last, facts, until }: KnowledgeRun): Part {
  return { position: last, facts, instant: until };
}
