import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PURPOSES } from '../kernel/http/caller.js';
import { type AccessPolicy, OBLIGATIONS, type PolicyRow, REACHES, ROLES } from './model.js';

const words = z.string().min(1);
const actions = z.array(z.string().regex(/^@?[a-z][a-zA-Z.-]+$/)).min(1);
const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

const rowSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:[.-][a-z]+)+$/),
  roles: z.array(z.enum(ROLES)).min(1),
  actions,
  scope: z.enum(REACHES),
  level,
  purposes: z.array(z.enum(PURPOSES)).min(1).optional(),
  obligations: z.array(z.enum(OBLIGATIONS)).min(1).optional(),
  reachesProtected: z.literal(true).optional(),
  sv: words,
});

const tableSchema = z.strictObject({
  version: z.int().min(1),
  open: z.strictObject({ actions, sv: words }),
  signedIn: z.strictObject({ actions, sv: words }),
  glassForProtectedRegistration: z.boolean(),
  groups: z.record(z.string(), z.strictObject({ sv: words, actions })),
  rows: z.array(rowSchema).min(1),
});

/** The table as it is written, with groups of actions by their names. */
export type WrittenTable = z.infer<typeof tableSchema>;

/** The JSON Schema of the file that the table is written in. */
export function tableJsonSchema(): object {
  return z.toJSONSchema(tableSchema, { target: 'draft-2020-12' });
}

/** The table as it is checked in, read once. */
export const writtenTable: WrittenTable = tableSchema.parse(
  JSON.parse(readFileSync(new URL('./access-policy.json', import.meta.url), 'utf8')),
);

/**
 * The table with its groups written out.
 * @throws Error for a group that is not there, and for two rows of one name
 */
export function policyOf(table: WrittenTable): AccessPolicy {
  if (new Set(table.rows.map(({ id }) => id)).size !== table.rows.length) throw new Error('two rows share an id');
  const spelled = (names: readonly string[]): string[] =>
    names.flatMap((name) => {
      if (!name.startsWith('@')) return [name];
      const group = table.groups[name.slice(1)];
      if (!group) throw new Error(`the table of access has no group ${name}`);
      return group.actions;
    });
  return {
    version: table.version,
    open: new Set(table.open.actions),
    signedIn: new Set(table.signedIn.actions),
    glassForProtectedRegistration: table.glassForProtectedRegistration,
    rows: table.rows.map(
      ({ id, roles, actions: names, scope, level: least, purposes, obligations, reachesProtected, sv }): PolicyRow => ({
        id,
        roles,
        actions: new Set(spelled(names)),
        scope,
        level: least,
        ...(purposes ? { purposes } : {}),
        obligations: obligations ?? [],
        reachesProtected: reachesProtected ?? false,
        sv,
      }),
    ),
  };
}

/** Who may do what, before any controller has narrowed it. */
export const accessPolicy: AccessPolicy = policyOf(writtenTable);
