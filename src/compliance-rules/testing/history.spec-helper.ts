import { expect } from '@jest/globals';
import { dayOf, formatDay } from '../../kernel/time/day.js';
import { assessAt, prepare, type AssessmentOptions } from '../assess-episode.js';
import type { Dossier, Entry, EpisodeAssessment, Segment, Status, TitleBasis } from '../model.js';
import { dueOnAt, evidenceAt } from '../segments.js';
import { GivenFact, unitOpened } from './facts.spec-helper.js';

/**
 * `given(started('2024-01-01'), offered('2024-01-10')).on('2024-02-01').rule('OFFER').is('MET')`
 *
 * Each fact is an entry after those before it, recorded a minute later. The unit `unit` of the municipality is open.
 */
export function given(...facts: readonly GivenFact[]): History {
  return new History(facts, {});
}

/** The entries of a history, as a dossier. Ids that no fact gives are numbered. */
export function dossierOf(facts: readonly GivenFact[]): Dossier {
  const opened = facts.some(({ stream }) => stream === 'unit:unit')
    ? []
    : [unitOpened('unit', '2000-01-01', 'municipality')];
  const streams = new Map<string, Entry[]>();
  [...opened, ...facts].forEach((fact, index) => {
    const entry: Entry = {
      id: fact.ref ?? `${fact.type}#${index}`,
      type: fact.type,
      position: BigInt(index),
      recordedAt: fact.known ?? new Date(Date.UTC(2021, 0, 1, 0, index)).toISOString(),
      effectiveOn: fact.day,
      data: fact.data,
    };
    streams.set(fact.stream, [...(streams.get(fact.stream) ?? []), entry]);
  });
  const ofKind = (kind: string): Map<string, readonly Entry[]> =>
    new Map(
      [...streams]
        .filter(([name]) => name.startsWith(`${kind}:`))
        .map(([name, entries]) => [name.slice(kind.length + 1), entries]),
    );
  return {
    episode: 'episode',
    entries: streams.get('episode') ?? [],
    recipients: ofKind('recipient'),
    staff: ofKind('staff'),
    units: ofKind('unit'),
    policies: ofKind('policy'),
  };
}

/** The last position that was known at an instant (RFC 3339 UTC): none of the entries up to it was recorded later. */
export function knownBy({ entries, ...others }: Dossier, instant: string): bigint {
  const streams = [
    entries,
    ...[others.recipients, others.staff, others.units, others.policies].flatMap((held) => [...held.values()]),
  ];
  const inOrder = streams.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
  const later = inOrder.find(({ recordedAt }) => Date.parse(recordedAt) > Date.parse(instant));
  return later ? later.position - 1n : (inOrder.at(-1)?.position ?? 0n);
}

export class History {
  constructor(
    private readonly facts: readonly GivenFact[],
    private readonly options: AssessmentOptions,
  ) {}

  /** The same history with more facts after it. */
  and(...more: readonly GivenFact[]): History {
    return new History([...this.facts, ...more], this.options);
  }

  /** As it was known at an instant. */
  knownAt(instant: string): History {
    return new History(this.facts, { ...this.options, upTo: knownBy(dossierOf(this.facts), instant) });
  }

  /** Judged by another catalogue, or by pinned versions. */
  with(options: AssessmentOptions): History {
    return new History(this.facts, { ...this.options, ...options });
  }

  assessment(): EpisodeAssessment | undefined {
    return assessAt(prepare(dossierOf(this.facts)), this.options);
  }

  on(date: string): Day {
    return new Day(this.assessment()?.segments ?? [], date);
  }

  /**
   * The rule's segments, written out: `DUE 2024-01-01..2024-01-14 in time to 2024-01-14`. Both dates are days in it.
   */
  segments(rule: string, assignment?: string): string[] {
    return (this.assessment()?.segments ?? [])
      .filter((each) => each.rule === rule && each.assignment === assignment)
      .map(written);
  }
}

function written({ status, titleBasis, from, to, dueOn }: Segment): string {
  const days = `${formatDay(from)}..${to === undefined ? '' : formatDay(to - 1)}`;
  return [
    status,
    ...(titleBasis ? [titleBasis] : []),
    days,
    ...(dueOn === undefined ? [] : [`in time to ${formatDay(dueOn)}`]),
  ].join(' ');
}

class Day {
  constructor(
    private readonly segments: readonly Segment[],
    private readonly date: string,
  ) {}

  /** @param assignment for the rules that are said per assignment */
  rule(rule: string, assignment?: string): Verdict {
    const day = dayOf(this.date);
    const found = this.segments.filter(
      (each) =>
        each.rule === rule &&
        each.assignment === assignment &&
        each.from <= day &&
        (each.to === undefined || day < each.to),
    );
    expect(found.length).toBeLessThanOrEqual(1);
    return new Verdict(found[0], rule, this.date);
  }
}

class Verdict {
  private readonly what: string;

  constructor(
    private readonly segment: Segment | undefined,
    rule: string,
    private readonly date: string,
  ) {
    this.what = `${rule} on ${date}`;
  }

  is(status: Status, titleBasis?: TitleBasis): this {
    expect(`${this.what}: ${this.segment?.status ?? 'no status'}`).toBe(`${this.what}: ${status}`);
    if (titleBasis) expect(this.segment?.titleBasis).toBe(titleBasis);
    return this;
  }

  hasNoStatus(): void {
    expect(`${this.what}: ${this.segment?.status ?? 'no status'}`).toBe(`${this.what}: no status`);
  }

  /** The last day in time as it was that day, or that none is said. */
  inTimeTo(date: string | undefined): this {
    const dueOn = this.segment && dueOnAt(this.segment, dayOf(this.date));
    expect(dueOn === undefined ? undefined : formatDay(dueOn)).toBe(date);
    return this;
  }

  since(date: string): this {
    expect(this.segment && formatDay(this.segment.from)).toBe(date);
    return this;
  }

  restsOn(...events: readonly string[]): this {
    expect(this.segment && evidenceAt(this.segment, dayOf(this.date))).toEqual(events);
    return this;
  }
}
