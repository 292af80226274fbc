import { z } from 'zod';
import type { EventType, Reference } from '../kernel/event-sourcing/event-type.js';
import { eventCatalogue } from './event-catalogue.js';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * The JSON Schema of an event type's data, with what the register does with its fields: seals them, resolves them,
 * refuses a day after today.
 */
export function jsonSchemaOf(type: EventType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(type.schema, { io: 'input' });
  return {
    $schema: DRAFT,
    $id: `urn:fok:event:${type.type}:${type.schemaVersion}`,
    title: type.type,
    'x-streams': type.categories ?? eventCatalogue.categories,
    'x-opens-stream': type.opens,
    'x-may-lie-ahead': type.ahead,
    'x-importable': type.importable,
    'x-sealed': type.sealed,
    'x-not-after-today': type.notAhead,
    'x-references': type.references.map(told),
    ...(type.defines ? { 'x-defines': type.defines } : {}),
    ...schema,
  };
}

/** Every type's schema by the file it stands in, as it stands there. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    eventCatalogue
      .all()
      .map((type) => [`${type.type}.v${type.schemaVersion}.json`, `${JSON.stringify(jsonSchemaOf(type), null, 2)}\n`]),
  );
}

/** A reference as the schema says it: `to` is `stream`, `entry`, or the kind of thing. */
function told({ path, ...target }: Reference): Record<string, unknown> {
  if (target.to !== 'thing') return { path, ...target };
  const { kind, anywhere } = target;
  return { path, to: kind, ...(anywhere ? { anywhere } : {}) };
}
