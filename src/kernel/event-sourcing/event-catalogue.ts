import type { EventType } from './event-type.js';
import type { FieldPath } from './field-paths.js';
import { type Layered, layersOf } from './layers.js';

/** The event types of a register, looked up by their stable names. */
export class EventCatalogue {
  private readonly byType: ReadonlyMap<string, EventType>;

  /** @throws Error when two types share a name or a type belongs on an unknown category. */
  constructor(
    readonly categories: readonly string[],
    types: readonly EventType[],
  ) {
    this.byType = new Map(types.map((type) => [type.type, type]));
    if (this.byType.size !== types.length) throw new Error('two event types share a name');
    for (const type of types) {
      const stray = type.categories?.find((category) => !categories.includes(category));
      if (stray) throw new Error(`${type.type} belongs on the unknown category ${stray}`);
    }
  }

  get(type: string): EventType | undefined {
    return this.byType.get(type);
  }

  all(): EventType[] {
    return [...this.byType.values()];
  }

  /**
   * The fields of an entry that are personal data. A correction's `data` is sealed where the corrected type's is, and
   * so on down a correction of a correction.
   */
  sealedPaths(entry: Layered): readonly FieldPath[] {
    return this.pathsDown(entry, ({ sealed }) => sealed);
  }

  /** The fields of an entry that may be null, down its corrections as {@link sealedPaths} goes. */
  nullablePaths(entry: Layered): readonly FieldPath[] {
    return this.pathsDown(entry, ({ nullable }) => nullable);
  }

  /** The fields of an entry that the register worked out itself, down its corrections as {@link sealedPaths} goes. */
  derivedPaths(entry: Layered): readonly FieldPath[] {
    return this.pathsDown(entry, ({ derived }) => derived?.paths ?? []);
  }

  private pathsDown(entry: Layered, pathsOf: (type: EventType) => readonly FieldPath[]): readonly FieldPath[] {
    return layersOf(entry).flatMap(({ type, prefix }) => {
      const known = this.byType.get(type);
      return known ? pathsOf(known).map((path) => prefix + path) : [];
    });
  }
}
