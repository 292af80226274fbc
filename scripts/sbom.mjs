// Writes the list of contents (CycloneDX) of what runs in production to standard output. npm by itself, told to leave out what is for
// development, also leaves out what production needs and development names too, fastify among them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'fok-sbom-'));
try {
  const { devDependencies: _named, ...manifest } = read('package.json');
  const { packages, ...lock } = read('package-lock.json');
  const { devDependencies: _locked, ...root } = packages[''];
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const pruned = { ...lock, packages: { '': root, ...Object.fromEntries(shipped) } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(pruned));
  const asked = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { status, error } = spawnSync('npm', asked, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
