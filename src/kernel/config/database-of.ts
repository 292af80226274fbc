/** The database that a connection string of MongoDB names; empty when it names none. */
export function databaseOf(url: string): string {
  return decodeURIComponent(/^[^:]+:\/\/[^/?]+\/([^?]*)/.exec(url)?.[1] ?? '');
}

/** The connection string with a database named, where it names none. */
export function orDatabase(url: string, database: string): string {
  return databaseOf(url) === '' ? url.replace(/^([^:]+:\/\/[^/?]+)\/?/, `$1/${database}`) : url;
}

/** Whether two connection strings name one database on the same machines, whoever logs in. */
export function sameDatabase(one: string, other: string): boolean {
  return databaseOf(one) === databaseOf(other) && hostsOf(one) === hostsOf(other);
}

function hostsOf(url: string): string {
  const [, hosts = ''] = /^[^:]+:\/\/(?:[^@/?]*@)?([^/?]+)/.exec(url) ?? [];
  return hosts.toLowerCase().split(',').toSorted().join();
}
