/**
 * The address of a database on a MongoDB server, whichever database the server's own address names; whoever is to come
 * in stays the same.
 */
export function databaseAt(server: string, name: string): string {
  const [, hosts = '', path = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)\??(.*)$/s.exec(server) ?? [];
  const options = new URLSearchParams(query);
  // Users are looked for in the database of the address where nothing else is said.
  if (hosts.includes('@') && !options.has('authSource')) options.set('authSource', path === '' ? 'admin' : path);
  return `${hosts}/${name}${options.size > 0 ? `?${options.toString()}` : ''}`;
}
