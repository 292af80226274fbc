// What the lock file says is installed.

/** Licences under which a package may be handed on with the register, by their SPDX ids; OFL is that of the documents' fonts. */
export const LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Python-2.0',
];

/**
 * @typedef {{ name: string, version: string, licence: string, production: boolean }} Package
 * @param {object} lock a package-lock.json, parsed
 * @returns {Package[]} each package and version once; one that is installed under another name by its own
 */
export function packagesOf(lock) {
  const found = new Map();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link) continue;
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const key = `${name}@${entry.version}`;
    const production = !(entry.dev || entry.devOptional) || (found.get(key)?.production ?? false);
    found.set(key, { name, version: entry.version, licence: entry.license ?? 'none', production });
  }
  return [...found.values()];
}

/** Whether everything that a licence expression names may be handed on: of alternatives too, so that nobody has to choose. */
export function isAllowed(expression) {
  const ids = expression.split(/[\s()]+/).filter((part) => part !== '' && part !== 'AND' && part !== 'OR');
  return ids.length > 0 && ids.every((id) => LICENCES.includes(id));
}
