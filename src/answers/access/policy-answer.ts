import type { Obligation, Reach, Role } from '../../access/model.js';
import { accessPolicy, writtenTable } from '../../access/policy-table.js';
import type { Level, Purpose } from '../../kernel/http/caller.js';

/** A row of the table of access, its groups of actions written out. */
export interface AccessPolicyRow {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly actions: readonly string[];
  readonly scope: Reach;
  readonly level: Level;
  readonly purposes?: readonly Purpose[];
  readonly obligations?: readonly Obligation[];
  readonly reachesProtected?: true;
  readonly sv: string;
}

/** Who may do what, as it is before any controller has narrowed it. */
export interface AccessPolicyAnswer {
  readonly version: number;
  readonly open: readonly string[];
  readonly signedIn: readonly string[];
  readonly glassForProtectedRegistration: boolean;
  readonly rows: readonly AccessPolicyRow[];
}

export function accessPolicyAnswer(): AccessPolicyAnswer {
  const { version, open, signedIn, glassForProtectedRegistration, rows } = accessPolicy;
  return {
    version,
    open: [...open],
    signedIn: [...signedIn],
    glassForProtectedRegistration,
    rows: rows.map(({ actions, obligations, reachesProtected, ...row }) => ({
      ...row,
      actions: [...actions],
      ...(obligations.length > 0 ? { obligations } : {}),
      ...(reachesProtected ? { reachesProtected } : {}),
    })),
  };
}

/** The table for people: a line a row, by role. */
export function accessPolicyText(): string {
  const lines = accessPolicy.rows.map(
    ({ id, roles, scope, level, purposes, sv }) =>
      `${id}\n  ${roles.join(', ')} · ${scope} · nivå ${level}${purposes ? ` · ${purposes.join(', ')}` : ''}\n  ${sv}`,
  );
  return [writtenTable.open.sv, writtenTable.signedIn.sv, '', ...lines].join('\n');
}
