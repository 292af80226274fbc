import type { Dossier, Entry } from '../../../src/compliance-rules/model.js';

/** One line of a history file (contract §2), before it is written as JSON. */
export interface Line {
  readonly ref: string;
  readonly type: string;
  readonly stream: string;
  readonly effectiveOn: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly data: Readonly<Record<string, unknown>>;
}

/** A whole history, as it became known, and the day on which it is looked at. */
export interface World {
  readonly today: string;
  readonly lines: readonly Line[];
  /** By line; several lines may share an instant, and a clock that was set back gives an earlier one than before. */
  readonly recordedAt: readonly string[];
}

/** The world as a history file. */
export function toNdjson(world: World): string {
  return world.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The id that stands for a line's event wherever a dossier names it. */
export function eventIdOf(ref: string): string {
  return `event-${ref}`;
}

/** The ids of the world's episodes, in order of their openings. */
export function episodesOf(world: World): readonly string[] {
  return world.lines
    .filter((line) => line.type === 'CareEpisodeStarted')
    .map((line) => line.stream.slice('careEpisode-'.length));
}

/**
 * All that the rules may know of one episode. It holds *every* recipient, employee, unit and policy of the world:
 * a dossier may hold more than is needed, and who judges must not be led astray by it.
 * @param sealed whether marked fields that the rules look at stand as null, as they do when nothing was opened.
 */
export function toDossier(world: World, episode: string, sealed: boolean): Dossier {
  const streams = new Map<string, Entry[]>();
  world.lines.forEach((line, index) => {
    const entry: Entry = {
      id: eventIdOf(line.ref),
      type: line.type,
      position: BigInt(index + 1),
      recordedAt: world.recordedAt[index] ?? '',
      effectiveOn: line.effectiveOn,
      data: resolved(line.data, sealed) as Entry['data'],
    };
    streams.set(line.stream, [...(streams.get(line.stream) ?? []), entry]);
  });
  const all = (category: string) =>
    new Map(
      [...streams]
        .filter(([name]) => name.startsWith(`${category}-`))
        .map(([name, entries]) => [name.slice(category.length + 1), entries]),
    );
  return {
    episode,
    entries: streams.get(`careEpisode-${episode}`) ?? [],
    recipients: all('recipient'),
    staff: all('staff'),
    units: all('unit'),
    policies: all('policy'),
  };
}

/** Marked fields that a rule asks after: whether they were given, never what they say. */
const SEALED = new Set(['recipientView', 'reasonText']);

/** `{ref}` becomes the event's id; a sealed field becomes null. */
function resolved(value: unknown, sealed: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, sealed));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 1 && fields[0]?.[0] === 'ref') return eventIdOf(String(fields[0][1]));
  return Object.fromEntries(
    fields.map(([name, field]) => [name, sealed && SEALED.has(name) ? null : resolved(field, sealed)]),
  );
}
