/** Node 20 got its last corrections in April 2026. */
const OLDEST_MAINTAINED = 22;

/**
 * What whoever runs a server should know of the Node under it; nothing of one that is maintained.
 * @param version as `process.versions.node` says it
 */
export function runtimeWarning(version: string): string | undefined {
  if (Number(version.split('.')[0]) >= OLDEST_MAINTAINED) return undefined;
  return `Node ${version} has reached its end of life and gets no security fixes; Node 24 is recommended, and faster.`;
}
