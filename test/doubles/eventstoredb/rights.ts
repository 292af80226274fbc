/** Who may come in, and do what with which stream. */
import type { ServerLog } from './server-log.js';
import { type Acl, jsonObject } from './stream-metadata.js';

export interface User {
  readonly password: string;
  readonly groups?: readonly string[];
  readonly disabled?: boolean;
}

export type Right = 'read' | 'write' | 'delete';

/** The roles of whoever calls: the own name and the groups. Nobody has said who they are: none. */
export type Roles = ReadonlySet<string> | undefined;

const ADMINS = '$admins';
const EVERYBODY = '$all';

/** As a server is delivered: streams are open to all who are known, what begins with `$` to administrators. */
const DEFAULT_USER_ACL: Required<Acl> = { $r: EVERYBODY, $w: EVERYBODY, $d: EVERYBODY, $mr: EVERYBODY, $mw: EVERYBODY };
const DEFAULT_SYSTEM_ACL: Required<Acl> = { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS };

/** The rights of a server with users, which are looked at when a call begins and never again. */
export class Rights {
  /** By name. What is set or taken away holds from the next call on. */
  readonly users: Map<string, User>;

  constructor(
    private readonly log: ServerLog,
    users: Readonly<Record<string, User>>,
  ) {
    this.users = new Map(Object.entries(users));
  }

  /** @param authorization the header, if there was one */
  who(authorization: string | undefined): Roles | 'unknown' {
    if (authorization === undefined) return undefined;
    const [name = '', ...password] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    const user = this.users.get(name);
    if (!user || user.disabled || user.password !== password.join(':')) return 'unknown';
    return new Set([name, ...(user.groups ?? []), ...(name === 'admin' ? [ADMINS] : [])]);
  }

  allows(roles: Roles, right: Right, stream: string): boolean {
    if (roles === undefined) return false;
    if (roles.has(ADMINS)) return true;
    const wanted = this.rolesFor(right, stream);
    return wanted.some((role) => role === EVERYBODY || roles.has(role));
  }

  /** Property by property: the stream's own, else the server's settings, else its default. */
  private rolesFor(right: Right, stream: string): readonly string[] {
    const isMetadata = stream.startsWith('$$');
    const of = isMetadata ? stream.slice(2) : stream;
    const isSystem = of.startsWith('$');
    const settings: { $userStreamAcl?: Acl; $systemStreamAcl?: Acl } = jsonObject(this.log.lastOf('$settings')?.data);
    const property = isMetadata
      ? right === 'read'
        ? '$mr'
        : '$mw'
      : ({ read: '$r', write: '$w', delete: '$d' } as const)[right];
    const own = this.log.metadataOf(of).$acl?.[property];
    const set = (isSystem ? settings.$systemStreamAcl : settings.$userStreamAcl)?.[property];
    const roles = own ?? set ?? (isSystem ? DEFAULT_SYSTEM_ACL : DEFAULT_USER_ACL)[property];
    return typeof roles === 'string' ? [roles] : roles;
  }
}
