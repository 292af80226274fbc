import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runVerb, type Told } from '../support/cli-in-process.js';

const EXAMPLE = 'examples/three-recipients.ndjson';
const first = (category: string): string =>
  new RegExp(`"${category}-([0-9a-f-]{36})"`).exec(readFileSync(EXAMPLE, 'utf8'))![1]!;
const [controller, staff] = [first('controller'), first('staff')];

let folder: string;
const run = (...args: string[]): Promise<Told> =>
  runVerb(['--data', join(folder, 'data'), ...args], {}, { judge: (local) => local });
const firstAdmin = (...who: string[]): Promise<Told> =>
  run('access', 'first-admin', '--controller', controller, '--reason', 'Beslut 2026-11', ...who);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fok-access-decisions-'));
  expect((await run('import', EXAMPLE)).code).toBe(0);
});
afterEach(() => rm(folder, { recursive: true }));

async function grants(): Promise<{ role: string; grant: string; event: string; holder: object; decidedBy?: string }[]> {
  const { stdout } = await run('access', 'grants', controller, '--format', 'json');
  return JSON.parse(stdout).grants;
}

describe('the first administrator', () => {
  it('is named on the machine, once', async () => {
    const { code, stdout } = await firstAdmin('--staff', staff, '--format', 'json');
    expect(code).toBe(0);
    const [grant] = await grants();
    expect(grant).toMatchObject({ grant: JSON.parse(stdout).grant, role: 'ADMIN', holder: { staff } });
    expect(grant).not.toHaveProperty('decidedBy');
    const again = await firstAdmin('--issuer', 'https://id.example/', '--subject', 'eva');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('there is an administrator already')]);
    expect(await grants()).toHaveLength(1);
  });

  it('is named by where she signs in, when she is no employee', async () => {
    expect((await firstAdmin('--issuer', 'https://id.example/', '--subject', 'eva')).code).toBe(0);
    expect((await run('access', 'grants', controller)).stdout).toContain(
      'systemadministratör: https://id.example/, från',
    );
  });

  it.each([
    ['nobody', []],
    ['two', ['--staff', staff, '--issuer', 'https://id.example/']],
    ['half a sign-in', ['--issuer', 'https://id.example/']],
  ])('is not %s', async (_, who) => {
    expect((await firstAdmin(...who)).code).not.toBe(0);
    expect(await grants()).toEqual([]);
  });

  it('may be named again when the only one has left', async () => {
    await firstAdmin('--staff', staff);
    const left = {
      ref: 'left',
      type: 'EmploymentEnded',
      stream: `staff-${staff}`,
      effectiveOn: '2026-01-01',
      actor: { id: 'a', role: 'b' },
      data: {},
    };
    await writeFile(join(folder, 'left.ndjson'), `${JSON.stringify(left)}\n`);
    expect((await run('import', join(folder, 'left.ndjson'), '--source', 'left')).code).toBe(0);
    expect((await firstAdmin('--issuer', 'https://id.example/', '--subject', 'eva')).code).toBe(0);
  });

  it('is told what is wrong with who is named', async () => {
    const { code, stderr } = await firstAdmin('--staff', '99999999-9999-4999-8999-999999999999');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/UNKNOWN_REFERENCE.*holder\.staff/)]);
  });
});

describe('import', () => {
  const granted = (more: object = {}) => ({
    ref: 'granted',
    type: 'RoleGranted',
    stream: 'grant-00000000-0000-4000-8000-000000000001',
    effectiveOn: '2025-01-01',
    actor: { id: 'a', role: 'b' },
    data: { holder: { staff }, role: 'SAS', controller, reason: 'Utsedd' },
    ...more,
  });

  it('takes grants in with --with-access alone', async () => {
    const file = join(folder, 'grants.ndjson');
    await writeFile(file, `${JSON.stringify(granted())}\n`);
    const without = await run('import', file, '--source', 'access', '--format', 'json');
    expect([without.code, JSON.parse(without.stdout).rejectedByCode]).toEqual([3, { GIVES_ACCESS: 1 }]);
    expect(readFileSync(`${file}.rejects.ndjson`, 'utf8')).toContain('RoleGranted');
    expect((await run('import', file, '--source', 'access', '--with-access')).code).toBe(0);
    expect((await grants()).map(({ role }) => role)).toEqual(['SAS']);
    expect((await run('access', 'inspections', controller)).stdout).toContain('Ingen granskning pågår den dagen.');
  });

  it('takes no manager in without it where people sign in', async () => {
    const file = join(folder, 'manager.ndjson');
    const manager = granted({ type: 'UnitManagerAppointed', stream: `unit-${first('unit')}`, data: { staff } });
    await writeFile(file, `${JSON.stringify(manager)}\n`);
    const environment = {
      AUTH: 'oidc',
      OIDC_ISSUER: 'https://id.example/',
      OIDC_AUDIENCE: 'fok',
      OIDC_CLIENT_ID: 'fok',
      OIDC_CLIENT_SECRET_FILE: file,
      OIDC_ACR_LEVELS: 'urn:loa3=3',
      PUBLIC_URL: 'https://fok.example',
    };
    const imported = (...more: string[]) =>
      runVerb(['--data', join(folder, 'data'), 'import', file, '--source', 'm', ...more], environment, {
        judge: (local) => local,
      });
    expect((await imported()).code).toBe(3);
    expect((await imported('--with-access')).code).toBe(0);
  });
});
