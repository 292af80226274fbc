import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/access/decide.js';
import { type AccessPolicy, REACHES, ROLES } from '../../src/access/model.js';
import { accessPolicy, policyOf, writtenTable, type WrittenTable } from '../../src/access/policy-table.js';
import { rowsByCedar, teachCedar } from './cedar-judge.js';
import { type Generated, generatedRequests, requestsNear } from './generated-requests.js';

/** The rows by which our own function lets somebody do something. */
function rowsByUs(policy: AccessPolicy, { subject, action, resource, context }: Generated): string[] {
  const asked = { actions: [action], family: [action], resources: [resource], found: true };
  const verdict = decide(policy, subject, asked, context);
  return verdict.allow ? [...new Set(verdict.grounds.map(({ row }) => row.id))].sort() : [];
}

type Row = WrittenTable['rows'][number];

/** Every way in which one cell of a row can be wrong. */
function mutationsOf(row: Row): (readonly [string, Row | undefined])[] {
  return [
    ['the row is gone', undefined],
    ['another level', { ...row, level: row.level === 3 ? 2 : 3 }],
    ...REACHES.filter((scope) => scope !== row.scope).map((scope) => [`reaches ${scope}`, { ...row, scope }] as const),
    ...row.roles.map((role) => [`not for ${role}`, withRoles(row, (one) => one !== role)] as const),
    ...ROLES.filter((role) => !row.roles.includes(role))
      .slice(0, 1)
      .map((role): [string, Row] => ['for another role', { ...row, roles: [role, ...row.roles] }]),
    ['protected or not', { ...row, reachesProtected: row.reachesProtected ? undefined : true }],
    ['another purpose', { ...row, purposes: row.purposes ? undefined : (['SUPPORT'] as NonNullable<Row['purposes']>) }],
  ];
}

function withRoles(row: Row, keep: (role: Row['roles'][number]) => boolean): Row | undefined {
  const roles = row.roles.filter(keep);
  return roles.length > 0 ? { ...row, roles } : undefined;
}

/** So many requests are tried on each changed row before it counts as unseen: the shared ones, then ones near it. */
const SHARED = 2_000;
const NEAR = 2_000;

/**
 * Whether Cedar and {@link decide} agree on so many requests.
 * @param mutated whether each changed row of the table is to be seen too, which takes its time
 */
export function cedarAgreesOn(count: number, mutated: 'mutated' | 'as it is'): void {
  describe(`the decision, judged by Cedar on ${count} requests`, () => {
    const requests = generatedRequests(count, 22);
    teachCedar(writtenTable);
    const judged = requests.map((request) => rowsByCedar(request, accessPolicy.glassForProtectedRegistration));

    it('is the same, by the same rows', () => {
      const wrong = requests.filter(
        (request, at) => rowsByUs(accessPolicy, request).join(' ') !== judged[at]?.join(' '),
      );
      expect(wrong.slice(0, 1)).toEqual([]);
      expect(judged.filter((rows) => rows.length > 0).length).toBeGreaterThan(count / 10);
    });

    if (mutated === 'as it is') return;
    it('shows each row of the table that is another than Cedar knows', () => {
      const unseen: string[] = [];
      for (const [at, row] of writtenTable.rows.entries())
        for (const [name, other] of mutationsOf(row)) {
          const rows = writtenTable.rows.flatMap((one, index) => (index !== at ? [one] : other ? [other] : []));
          const policy = policyOf({ ...writtenTable, rows });
          const differs = (request: Generated, cedars: readonly string[]): boolean =>
            rowsByUs(policy, request).join(' ') !== cedars.join(' ');
          const caught =
            requests.slice(0, SHARED).some((request, index) => differs(request, judged[index] ?? [])) ||
            requestsNear(policyOf({ ...writtenTable, rows: [other ?? row] }).rows[0]!, NEAR, 22).some((request) =>
              differs(request, rowsByCedar(request, accessPolicy.glassForProtectedRegistration)),
            );
          if (!caught) unseen.push(`${row.id}: ${name}`);
        }
      expect(unseen).toEqual([]);
    }, 300_000);
  });
}
