// npm run audit [-- --advisories FOLDER]: licences of what is handed on, and known weaknesses of everything in the lock file.
// Advisories come from a folder (OSV files, one each), so that it can be done where nothing is reached; without one, from the
// registry. Exit code 1: something is not as it should be; 75: licences are, but weaknesses could not be looked for.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { weaknessesIn } from './audit/advisories.mjs';
import { isAllowed, packagesOf } from './audit/packages.mjs';

const COULD_NOT_LOOK = 75;

const { values } = parseArgs({ options: { advisories: { type: 'string' }, lock: { type: 'string' } } });
const folder = values.advisories ?? process.env.ADVISORIES;
const packages = packagesOf(
  JSON.parse(readFileSync(values.lock ?? new URL('../package-lock.json', import.meta.url), 'utf8')),
);
const shipped = packages.filter(({ production }) => production);

const foreign = shipped.filter(({ licence }) => !isAllowed(licence));
for (const { name, version, licence } of foreign)
  console.log(`${name}@${version}: licence ${licence} is not among those that may be handed on`);
console.log(
  `licences: ${shipped.length - foreign.length} of ${shipped.length} packages in production may be handed on`,
);

const looked = folder ? inFolder(folder) : inRegistry();
console.log(`known weaknesses: ${looked.told}`);
process.exitCode = foreign.length > 0 || looked.found > 0 ? 1 : looked.found === undefined ? COULD_NOT_LOOK : 0;

function inFolder(path) {
  const { advisories, weaknesses } = weaknessesIn(path, packages);
  for (const { id, name, version, summary } of weaknesses) console.log(`${name}@${version}: ${id} ${summary}`);
  return {
    found: weaknesses.length,
    told: `${weaknesses.length} in ${packages.length} packages, by ${advisories} advisories in ${path}`,
  };
}

function inRegistry() {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', cwd: new URL('..', import.meta.url) });
  const { vulnerabilities, error, message } = parsed(stdout);
  if (!vulnerabilities)
    return {
      found: undefined,
      told: `could not look: ${error?.summary || message || 'the registry gives no advisories'}; name a folder of advisories with --advisories`,
    };
  const found = Object.values(vulnerabilities);
  for (const { name, severity, range } of found) console.log(`${name} ${range}: ${severity}`);
  return { found: found.length, told: `${found.length} in ${packages.length} packages, by the registry` };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
