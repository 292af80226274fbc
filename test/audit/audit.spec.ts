import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
}
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

describe('the audit', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fok-audit-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let made = 0;
  /** Runs it on a lock file of these packages, with these advisories; on the project's own without packages. */
  function audit(
    advisories: readonly object[],
    packages?: Readonly<Record<string, Locked>>,
  ): { code: number | null; told: string } {
    const at = join(folder, String((made += 1)));
    mkdirSync(join(at, 'advisories', 'inside'), { recursive: true });
    for (const [index, advisory] of advisories.entries())
      writeFileSync(join(at, 'advisories', 'inside', `${index}.json`), JSON.stringify(advisory));
    writeFileSync(join(at, 'lock.json'), JSON.stringify({ packages: { '': { version: '1.0.0' }, ...packages } }));
    const args = [
      join(root, 'scripts/audit.mjs'),
      '--advisories',
      join(at, 'advisories'),
      ...(packages ? ['--lock', join(at, 'lock.json')] : []),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { code: status, told: stdout + stderr };
  }

  const about = (name: string, affected: object, more: object = {}): object => ({
    id: 'GHSA-1',
    summary: 'reads too much',
    affected: [{ package: { ecosystem: 'npm', name }, ...affected }],
    ...more,
  });
  const range = (...events: object[]): object => ({ ranges: [{ type: 'SEMVER', events }] });
  const a = (version: string, more: object = {}): Record<string, Locked> => ({
    'node_modules/a': { version, license: 'MIT', ...more },
  });

  it.each([
    ['in a range from its first version', '1.2.3', range({ introduced: '0' }, { fixed: '1.2.4' }), true],
    ['fixed', '1.2.4', range({ introduced: '0' }, { fixed: '1.2.4' }), false],
    ['before it came', '0.9.9', range({ introduced: '1.0.0' }, { fixed: '1.2.4' }), false],
    ['between two ranges', '1.5.0', range({ introduced: '1.0.0' }, { fixed: '1.2.4' }, { introduced: '2.0.0' }), false],
    [
      'in the second, whatever the order',
      '2.0.0',
      range({ introduced: '2.0.0' }, { fixed: '1.2.4' }, { introduced: '1.0.0' }),
      true,
    ],
    ['the last affected', '1.2.4', range({ introduced: '0' }, { last_affected: '1.2.4' }), true],
    ['after the last affected', '1.2.5', range({ introduced: '0' }, { last_affected: '1.2.4' }), false],
    ['a first attempt at the fix', '1.2.4-rc.1', range({ introduced: '0' }, { fixed: '1.2.4' }), true],
    ['listed', '1.2.3', { versions: ['1.2.3'] }, true],
    ['not listed', '1.2.4', { versions: ['1.2.3'] }, false],
  ])('finds a version that is %s: %s', (_, version, affected, found) => {
    const { code, told } = audit([about('a', affected)], a(version));
    expect([code, told.includes(`a@${version}: GHSA-1 reads too much`)]).toEqual([found ? 1 : 0, found]);
  });

  it('finds it wherever it is installed, under whatever name, for development too', () => {
    const everywhere = about('a', range({ introduced: '0' }));
    expect(
      audit([everywhere], { 'node_modules/b/node_modules/a': { version: '1.0.0', license: 'MIT', dev: true } }).code,
    ).toBe(1);
    expect(audit([everywhere], { 'node_modules/@x/b': { name: 'a', version: '1.0.0', license: 'MIT' } }).code).toBe(1);
    expect(audit([everywhere], { 'node_modules/a-b': { version: '1.0.0', license: 'MIT' } }).code).toBe(0);
  });

  it('passes over what was withdrawn, and what is about others', () => {
    const withdrawn = about('a', range({ introduced: '0' }), { withdrawn: '2026-01-01T00:00:00Z' });
    const python = {
      id: 'X',
      affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ...range({ introduced: '0' }) }],
    };
    expect(audit([withdrawn, python], a('1.0.0'))).toEqual({
      code: 0,
      told: expect.stringContaining('0 in 1 packages, by 2 advisories'),
    });
  });

  it('fails where there is nothing to read, instead of finding nothing', () => {
    expect(audit([], a('1.0.0'))).toEqual({ code: 1, told: expect.stringContaining('holds no advisories') });
    expect(audit([{}], a('1.0.0'))).toEqual({
      code: 1,
      told: expect.stringContaining('is no advisory in the OSV format'),
    });
  });

  it.each([
    ['MIT', 0],
    ['(BSD-3-Clause AND Apache-2.0)', 0],
    ['GPL-3.0-only', 1],
    ['(MIT OR GPL-3.0-only)', 1],
    ['SEE LICENSE IN LICENSE', 1],
    [undefined, 1],
  ])('of a package under %s in production ends with %i', (license, code) => {
    const other = [about('b', range({ introduced: '0' }))];
    expect(
      audit(other, { 'node_modules/a': { version: '1.0.0', ...(license === undefined ? {} : { license }) } }).code,
    ).toBe(code);
    expect(
      audit(other, { 'node_modules/a': { version: '1.0.0', dev: true, ...(license === undefined ? {} : { license }) } })
        .code,
    ).toBe(0);
  });

  it('finds the licences of this project in order', () => {
    expect(audit([about('nobody', range({ introduced: '0' }))])).toMatchObject({ code: 0 });
  });
});

describe('what is installed', () => {
  it('tells nobody of it, and runs no code of its own while it is', () => {
    const names = Object.entries(lock.packages).map(([path, { name }]) => name ?? path);
    expect(names.filter((name) => name.endsWith('@scarf/scarf'))).toEqual([]);
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    // npm would pass over these in silence.
    const beside = Object.keys(scripts).filter(
      (name) => /^(pre|post)/.test(name) && name.replace(/^(pre|post)/, '') in scripts,
    );
    expect(beside).toEqual([]);
  });

  it('stands in the list of contents, package for package', () => {
    const sbom = JSON.parse(
      execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }),
    ) as { readonly components: readonly { readonly purl: string; readonly licenses?: readonly unknown[] }[] };
    const listed = new Set(sbom.components.map(({ purl }) => decodeURIComponent(purl).replace(/^pkg:npm\//, '')));
    const shipped = Object.entries(lock.packages)
      .filter(([path, { dev }]) => path !== '' && !dev)
      .map(([path, { name, version }]) => `${name ?? path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`);
    expect([...listed].sort()).toEqual([...new Set(shipped)].sort());
    expect(sbom.components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  });
});
