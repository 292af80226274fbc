import { eventCatalogue } from '../../src/facts/event-catalogue.js';
import { categoryOf, streamIdOf } from '../../src/kernel/event-sourcing/envelope.js';
import type { EventType, Reference } from '../../src/kernel/event-sourcing/event-type.js';
import { valuesAt } from '../../src/kernel/event-sourcing/field-paths.js';
import type { HistoryLine } from '../../src/simulation/history-line.js';

/** Checks what contract §2 asks of a history file without the importer: a second reading, from the catalogue alone. */

const ANY_ID = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

function typeOf(line: HistoryLine): EventType {
  const type = eventCatalogue.get(line.type);
  if (!type) throw new Error(`unknown type ${line.type}`);
  return type;
}

/** The data with an id in place of every `{"ref": …}`. */
function withIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIds);
  if (typeof value !== 'object' || value === null) return value;
  if ('ref' in value) return ANY_ID;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withIds(inner)]));
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('ref' in value) return [String(value.ref)];
  return Object.values(value).flatMap(refsIn);
}

/** What is wrong with one line as its type's schema and stream see it. */
export function schemaProblems(line: HistoryLine): string[] {
  const type = typeOf(line);
  const parsed = type.schema.safeParse(withIds(line.data));
  const fits = type.importable && (type.categories?.includes(categoryOf(line.stream)) ?? true);
  return [
    ...(fits ? [] : [`${line.ref} WRONG_STREAM`]),
    ...(parsed.success ? [] : [`${line.ref} ${parsed.error.message}`]),
  ];
}

/** Reads the data that corrections give by the schema of what they correct. */
export function correctionsAgainstSchema(history: readonly HistoryLine[]): { checked: number; problems: string[] } {
  const byRef = new Map(history.map((line) => [line.ref, line]));
  const corrections = history.filter(({ type, data }) => type === 'EntryCorrected' && data['data'] !== undefined);
  const problems = corrections.flatMap((line) => {
    const corrected = byRef.get(refsIn(line.data['corrects'])[0] ?? '');
    return corrected && typeOf(corrected).schema.safeParse(withIds(line.data['data'])).success ? [] : [line.ref];
  });
  return { checked: corrections.length, problems };
}

/** Whether the fact lies after the day on which it was written down although its type may not. */
export function aheadOfType(line: HistoryLine): boolean {
  return line.effectiveOn > line.documentedAt.slice(0, 10) && !typeOf(line).ahead;
}

/** What the lines name that no earlier line brought into being, and what they bring into being twice. */
export function referenceProblems(history: readonly HistoryLine[]): string[] {
  const seen = new Seen();
  return history.flatMap((line) => {
    const type = typeOf(line);
    const problems = seen.problemsOf(line, type);
    seen.add(line, type);
    return problems.map((problem) => `${line.ref} ${problem}`);
  });
}

/** What the lines so far brought into being. */
class Seen {
  private readonly streams = new Set<string>();
  private readonly things = new Set<string>();
  private readonly entries = new Map<string, HistoryLine>();

  add(line: HistoryLine, type: EventType): void {
    if (type.opens) this.streams.add(line.stream);
    if (type.defines) {
      for (const id of valuesAt(line.data, type.defines.path))
        this.things.add(`${type.defines.kind} ${String(id)}`).add(`${line.stream} ${type.defines.kind} ${String(id)}`);
    }
    this.entries.set(line.ref, line);
  }

  problemsOf(line: HistoryLine, type: EventType): string[] {
    const problems = type.references.flatMap((reference) =>
      valuesAt(line.data, reference.path).flatMap((value) =>
        this.has(line, reference, value) ? [] : [`${line.type} ${reference.path}`],
      ),
    );
    const opened = this.streams.has(line.stream);
    const policy = categoryOf(line.stream) === 'policy' && this.streams.has(`controller-${streamIdOf(line.stream)}`);
    if (type.opens === opened && !policy) problems.push(`${line.type} ${opened ? 'OPENED_TWICE' : 'NOT_OPENED'}`);
    const ids = type.defines ? valuesAt(line.data, type.defines.path) : [];
    if (ids.some((id) => this.things.has(`${type.defines?.kind} ${String(id)}`)))
      problems.push(`${line.type} ID_TAKEN`);
    return problems;
  }

  private has(line: HistoryLine, reference: Reference, value: unknown): boolean {
    if (reference.to === 'stream') return this.streams.has(`${reference.category}-${String(value)}`);
    if (reference.to === 'thing')
      return this.things.has(`${reference.anywhere ? '' : `${line.stream} `}${reference.kind} ${String(value)}`);
    const named = this.entries.get(refsIn(value)[0] ?? '');
    return (
      named !== undefined &&
      (reference.anywhere === true || named.stream === line.stream) &&
      (reference.types?.includes(named.type) ?? true)
    );
  }
}
