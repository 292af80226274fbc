import { z } from 'zod';
import type { EventCatalogue } from './event-catalogue.js';
import type { EventType } from './event-type.js';
import { type Layered, layersOf } from './layers.js';

/** What is wrong with stored data, as a path (`attendees[0].kind`), or undefined when the shape is right. */
type Check = (value: unknown, path: string) => string | undefined;

/** The parts of a JSON Schema that a shape is made of. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/**
 * The check of stored data: fields there and of the right kind, none that is unknown, `null` only where a field is
 * sealed. It is made from the type's own schema and looks at the shape alone: values were judged when they were
 * written, and rules about values may grow stricter without making the past unreadable.
 */
export class StoredShapes {
  private readonly checks: ReadonlyMap<string, Check>;

  constructor(catalogue: EventCatalogue) {
    this.checks = new Map(catalogue.all().map((type) => [type.type, shapeOf(type)]));
  }

  /** @returns the path of the first field that does not fit, or undefined; data of an unknown type always fit */
  misfit(entry: Layered): string | undefined {
    for (const { type, data, prefix } of layersOf(entry)) {
      const path = this.checks.get(type)?.(data, '');
      if (path !== undefined) return prefix + path;
    }
    return undefined;
  }
}

function shapeOf({ schema, sealed }: EventType): Check {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema;
  return compile(json, '', new Set(sealed));
}

function compile(schema: Schema, pattern: string, sealed: ReadonlySet<string>): Check {
  const check = compileOpen(schema, pattern, sealed);
  return sealed.has(pattern) ? (value, path) => (value === null ? undefined : check(value, path)) : check;
}

function compileOpen(schema: Schema, pattern: string, sealed: ReadonlySet<string>): Check {
  if (schema.anyOf) {
    const choices = schema.anyOf.map((choice) => compileOpen(choice, pattern, sealed));
    return (value, path) => (choices.some((choice) => choice(value, path) === undefined) ? undefined : path);
  }
  switch (schema.type) {
    case 'object':
      return objectCheck(schema, pattern, sealed);
    case 'array': {
      const item = compile(schema.items ?? {}, `${pattern}[]`, sealed);
      return (value, path) => (Array.isArray(value) ? firstMisfit(value, path, item) : path);
    }
    case 'null':
      return (value, path) => (value === null ? undefined : path);
    case 'integer':
      return (value, path) => (Number.isInteger(value) ? undefined : path);
    case 'string':
    case 'number':
    case 'boolean': {
      const { type } = schema;
      return (value, path) => (typeof value === type ? undefined : path);
    }
    default:
      return () => undefined;
  }
}

function objectCheck(
  { properties = {}, required = [], additionalProperties }: Schema,
  pattern: string,
  sealed: ReadonlySet<string>,
): Check {
  const fields = new Map(
    Object.entries(properties).map(([key, field]) => [
      key,
      compile(field, pattern === '' ? key : `${pattern}.${key}`, sealed),
    ]),
  );
  const closed = additionalProperties === false;
  return (value, path) => {
    if (!isObject(value)) return path;
    for (const key of required) if (!Object.hasOwn(value, key)) return join(path, key);
    for (const key in value) {
      const check = fields.get(key);
      const misfit = check ? check(value[key], join(path, key)) : closed ? join(path, key) : undefined;
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  };
}

function firstMisfit(items: readonly unknown[], path: string, check: Check): string | undefined {
  for (let index = 0; index < items.length; index++) {
    const misfit = check(items[index], `${path}[${index}]`);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
