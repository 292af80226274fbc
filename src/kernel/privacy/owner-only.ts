/**
 * From here on every file and folder that this process makes is its owner's only (0600, 0700), whatever it was started
 * with: log, keys, seals, exports and what was rejected all say something of persons.
 */
export function keepToOwner(): void {
  process.umask(0o077);
}
