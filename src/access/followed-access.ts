import { setTimeout as delay } from 'node:timers/promises';
import { Facts } from '../compliance-rules/facts.js';
import { resolveEntries } from '../compliance-rules/resolve-entries.js';
import type { Caller } from '../kernel/http/caller.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { today } from '../kernel/time/clock.js';
import { dayOf } from '../kernel/time/day.js';
import { hsaLink } from '../judgement/index/index-fold.js';
import type { ReadSide } from '../judgement/read-side.js';
import type { Narrowing, PersonResource, PlaceResource, Subject } from './model.js';
import { personResource, staffResource, unitResource } from './resources.js';
import { RestingCache } from './resting-cache.js';
import { CallerRoles, type Rests } from './roles/caller-roles.js';
import { ANYBODY, touchedStreams } from './touched-streams.js';

/** So old may be what is known of what other processes record, in milliseconds. */
const LOOK_MS = 250;
/** So long the index may take to know what is in the log before nobody is let in, in milliseconds. */
const INDEX_PATIENCE_MS = 1_000;
/** So often it is looked until what this process has recorded is seen. */
const LOOKS = 5;
const PAGE = 500;
/** Behind by more than this many records, everything is read anew. */
const MOST_BEHIND = 2_000n;
const MOST_KEPT = 20_000;

/** What access is read from, and how it is told that the log has grown. */
export interface AccessReads extends ReadSide {
  /** The last position of the log. */
  head(): Promise<bigint>;
  /** The last position of what this process recorded. */
  acknowledged(): bigint;
  /** Waits until the index has taken in a position. @returns false when it has not in time */
  indexed(position: bigint, timeoutMs: number): Promise<boolean>;
}

/**
 * Roles and reach as they are today, kept between calls. What this process has recorded counts from the next call on,
 * what others have within {@link LOOK_MS}; while the log or the index cannot be followed nobody is let in by what was.
 */
export class FollowedAccess {
  private readonly subjects = new RestingCache<Subject>(MOST_KEPT);
  private readonly persons = new RestingCache<PersonResource | undefined>(MOST_KEPT);
  private readonly places = new RestingCache<PlaceResource | undefined>(MOST_KEPT);
  private readonly narrowings = new RestingCache<Narrowing | undefined>(MOST_KEPT);
  private readonly roles: CallerRoles;
  private seen: bigint | undefined;
  private lookedAt = -Infinity;
  private following: Promise<void> | undefined;
  private changes = 0;

  constructor(private readonly reads: AccessReads) {
    this.roles = new CallerRoles(reads);
  }

  /**
   * To be awaited before anything is decided.
   * @throws EventStoreUnavailable and others when the log cannot be read, Problem STORE_UNAVAILABLE
   */
  async follow(): Promise<void> {
    if (!this.behind && performance.now() - this.lookedAt < LOOK_MS) return;
    for (let look = 1; look <= LOOKS; look += 1) {
      this.following ??= this.look().finally(() => {
        this.following = undefined;
      });
      await this.following;
      // Who came while another call was looking may have recorded something since that look began.
      if (!this.behind) return;
    }
    throw cannotFollow();
  }

  private get behind(): boolean {
    return this.seen === undefined || this.reads.acknowledged() > this.seen;
  }

  subjectOf(caller: Caller): Promise<Subject> {
    const { issuer, subject, level, hsaIds } = caller;
    const key = JSON.stringify([issuer, subject, level, hsaIds]);
    return this.kept(this.subjects, key, async (rests) => {
      rests.add(ANYBODY);
      for (const hsaId of hsaIds) rests.add(`hsa-${hsaLink(hsaId)}`);
      const found = await this.roles.subjectOf(caller, { day: this.day }, rests);
      for (const id of found.staff) rests.add(`staff-${id}`);
      return found;
    });
  }

  person(recipient: string): Promise<PersonResource | undefined> {
    return this.kept(this.persons, recipient, (rests) => {
      rests.add(`recipient-${recipient}`);
      return personResource(this.reads, recipient, { day: this.day }, rests);
    });
  }

  unit(unit: string): Promise<PlaceResource | undefined> {
    return this.kept(this.places, `unit-${unit}`, (rests) => unitResource(this.reads, unit, undefined, rests));
  }

  staff(staff: string): Promise<PlaceResource | undefined> {
    return this.kept(this.places, `staff-${staff}`, (rests) =>
      staffResource(this.reads, staff, { day: this.day }, rests),
    );
  }

  /** What a controller has withdrawn from the table; undefined for nothing. */
  narrowing(controller: string): Promise<Narrowing | undefined> {
    return this.kept(this.narrowings, controller, async (rests) => {
      rests.add(`policy-${controller}`);
      return narrowingOf(await this.reads.streams.read(`policy-${controller}`), this.day);
    });
  }

  private get day(): number {
    return dayOf(today(this.reads.clock));
  }

  private async kept<V>(cache: RestingCache<V>, name: string, make: (rests: Rests) => Promise<V>): Promise<V> {
    // Roles change at midnight without any entry.
    const key = `${this.day} ${name}`;
    const known = cache.get(key);
    if (known) return known.value;
    await this.mustBeIndexed();
    const before = this.changes;
    const rests: Rests = new Set();
    const value = await make(rests);
    // What came while this was worked out may be in it or not.
    if (this.changes === before) cache.set(key, value, rests);
    return value;
  }

  private async mustBeIndexed(): Promise<void> {
    const position = this.seen ?? 0n;
    if (!(await this.reads.indexed(position, INDEX_PATIENCE_MS))) throw cannotFollow();
  }

  private async look(): Promise<void> {
    const began = performance.now();
    const head = await this.reads.head();
    if (this.seen === undefined || head - this.seen > MOST_BEHIND || head < this.seen) this.startOver(head);
    for (let at = this.seen ?? head; at < head;) {
      const { events, unreadable, last } = await this.reads.log.readPage(at, PAGE);
      if (!last) {
        // A store may tell of the end before it tells of what stands there.
        await delay(1);
        this.startOver(head);
        break;
      }
      if (unreadable.length > 0) this.startOver(last.position);
      for (const event of events) for (const stream of touchedStreams(event)) this.touch(stream);
      at = last.position;
      this.seen = at;
    }
    this.lookedAt = began;
  }

  private touch(stream: string): void {
    this.changes += 1;
    for (const cache of [this.subjects, this.persons, this.places, this.narrowings]) cache.touch(stream);
  }

  private startOver(head: bigint): void {
    this.changes += 1;
    for (const cache of [this.subjects, this.persons, this.places, this.narrowings]) cache.clear();
    this.seen = head;
  }
}

/** Rather than by old rights nobody is let in. */
function cannotFollow(): Problem {
  return new Problem(httpProblems.STORE_UNAVAILABLE, { headers: { 'retry-after': '2' } });
}

/** What holds of the access policies of a controller on a day. */
export function narrowingOf(history: Parameters<typeof resolveEntries>[0], day: number): Narrowing | undefined {
  const adopted = new Facts(resolveEntries(history)).of('AccessPolicyAdopted').findLast((fact) => fact.day <= day);
  if (!adopted) return undefined;
  const { withdrawn = [], glassForProtectedRegistration } = adopted.data.values;
  return {
    withdrawn: new Set(withdrawn),
    noGlassForProtectedRegistration: glassForProtectedRegistration === false,
  };
}
