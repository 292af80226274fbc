// Known weaknesses from a folder of advisories in the OSV format (https://ossf.github.io/osv-schema), as osv.dev and the GitHub
// Advisory Database give them: one JSON file each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';

/**
 * @typedef {{ id: string, summary: string, name: string, version: string }} Weakness
 * @param {string} folder read with all folders inside
 * @param {readonly { name: string, version: string }[]} packages
 * @returns {{ advisories: number, weaknesses: Weakness[] }}
 * @throws when a file is no advisory, or there is none: nothing found must not mean nothing read
 */
export function weaknessesIn(folder, packages) {
  const versions = new Map();
  for (const { name, version } of packages) versions.set(name, [...(versions.get(name) ?? []), version]);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new Error(`${folder} holds no advisories (*.json)`);
  const weaknesses = files.flatMap((file) => {
    const advisory = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    if (typeof advisory.id !== 'string') throw new Error(`${file} is no advisory in the OSV format`);
    if (advisory.withdrawn !== undefined) return [];
    return (advisory.affected ?? [])
      .filter((affected) => affected.package?.ecosystem === 'npm')
      .flatMap((affected) =>
        (versions.get(affected.package.name) ?? [])
          .filter((version) => isAffected(affected, version))
          .map((version) => ({ name: affected.package.name, version })),
      )
      .map((hit) => ({ id: advisory.id, summary: advisory.summary ?? '', ...hit }));
  });
  return { advisories: files.length, weaknesses };
}

/** Whether a version is one that an entry of an advisory is about (OSV, "Evaluation"). */
export function isAffected({ versions = [], ranges = [] }, version) {
  return (
    versions.includes(version) || ranges.some((range) => range.type === 'SEMVER' && isWithin(range.events, version))
  );
}

function isWithin(events, version) {
  const moves = events
    .flatMap((event) => Object.entries(event).map(([kind, at]) => ({ kind, at: at === '0' ? '0.0.0-0' : at })))
    .filter(({ at }) => semver.valid(at))
    .sort((one, other) => semver.compare(one.at, other.at));
  let within = false;
  for (const { kind, at } of moves) {
    if (kind === 'introduced' && semver.gte(version, at)) within = true;
    if (kind === 'fixed' && semver.gte(version, at)) within = false;
    if (kind === 'last_affected' && semver.gt(version, at)) within = false;
  }
  return within;
}
