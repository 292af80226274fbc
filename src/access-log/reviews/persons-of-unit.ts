import { isProtected } from '../../access/reach.js';
import { personResource } from '../../access/resources.js';
import { heldOn } from '../../answers/on-day.js';
import { namesByStream } from '../../answers/text/names.js';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { type Care, careOf } from '../../compliance-rules/situation/care.js';
import { loadPerson } from '../../judgement/person/person.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import type { Seen } from './stand-out.js';
import { surnamesIn } from './surnames.js';

export type PersonsReads = Pick<ReadSide, 'index' | 'streams' | 'log'>;

/** A person as a review sees her. */
export interface SeenPerson extends Seen {
  /** The unit that answers for who looked at her that day: where she had care, or had it last. */
  readonly lastUnit?: string;
}

/** Of a unit those of whom somebody may have looked: who has care from it, and who had it there last. */
export class PersonsOfUnit {
  private readonly seen = new Map<string, Promise<SeenPerson | undefined>>();

  private constructor(
    private readonly reads: PersonsReads,
    private readonly unit: string,
    private readonly candidates: ReadonlySet<string>,
  ) {}

  static async of(reads: PersonsReads, unit: string): Promise<PersonsOfUnit> {
    const episodes = await reads.index.episodesOfUnit(unit);
    const contexts = await reads.index.contextsOf(episodes.map((episode) => `careEpisode-${episode}`));
    const candidates = new Set([...contexts.values()].map(({ subject }) => subject));
    for (const recipient of await reads.index.mergedAmong([...candidates]))
      for (const other of await reads.index.mergedWith(recipient)) candidates.add(other);
    return new PersonsOfUnit(reads, unit, candidates);
  }

  /** What is known now of a recipient on a day; undefined for who was none of the unit's persons that day. */
  async on(recipient: string, date: string): Promise<SeenPerson | undefined> {
    if (!this.candidates.has(recipient)) return undefined;
    const key = `${recipient} ${date}`;
    let found = this.seen.get(key);
    if (!found) this.seen.set(key, (found = this.find(recipient, dayOf(date))));
    const person = await found;
    const own = person && (person.units.has(this.unit) || (person.units.size === 0 && person.lastUnit === this.unit));
    return own ? person : undefined;
  }

  private async find(recipient: string, day: Day): Promise<SeenPerson | undefined> {
    const resource = await personResource(this.reads, recipient, { day });
    if (!resource) return undefined;
    const { streams, episodes, recipients } = await loadPerson(this.reads, recipient);
    const care = episodes.flatMap((id) => careOf(factsIn(streams.get(`careEpisode-${id}`) ?? [])) ?? []);
    const last = lastCare(care, day);
    const owned = recipients.map((id) => `recipient-${id}`);
    return {
      recipients: resource.recipients,
      controllers: new Set([...resource.controllers, ...resource.commissionedBy]),
      units: resource.units,
      everUnits: resource.everUnits,
      ...(resource.units.size === 0 && last ? { daysSinceCare: day - last.end, lastUnit: last.unit } : {}),
      surnames: surnamesIn((await namesByStream(this.reads, owned)).values()),
      isProtected: isProtected(resource.protected),
      isNoted: await this.isNoted(owned, day),
      glassBrokenBy: new Set(resource.glass.filter(({ on }) => on === day).map(({ by }) => by)),
    };
  }

  private async isNoted(streams: readonly string[], day: Day): Promise<boolean> {
    for (const stream of streams) {
      const said = factsIn(await this.reads.streams.read(stream)).of('PersonNoted', 'PersonNoteLifted');
      if (said.findLast((fact) => fact.day <= day)?.type === 'PersonNoted') return true;
    }
    return false;
  }
}

/** The care that ended last, and in which unit that was; undefined while none has ended. */
function lastCare(care: readonly Care[], day: Day): { readonly end: Day; readonly unit: string } | undefined {
  const ended = care.filter(({ start, end }) => end <= day && end > start.day).sort((a, b) => b.end - a.end);
  const [last] = ended;
  const unit = last && heldOn(last.units, last.end - 1)?.value;
  return last && unit !== undefined ? { end: last.end, unit } : undefined;
}

function factsIn(history: Parameters<typeof resolveEntries>[0]): Facts {
  return new Facts(resolveEntries(history));
}
