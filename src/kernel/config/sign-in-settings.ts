import { z } from 'zod';
import type { Level } from '../http/caller.js';
import { HOST_NAME_PATTERN } from './host-name.js';
import { isLoopback } from './loopback.js';

/** Which claim of a token says what of a caller; of several names the first that the token has, all of them for ids. */
export interface ClaimNames {
  readonly subject: readonly string[];
  readonly hsaId: readonly string[];
  readonly name: readonly string[];
  /** A claim that only tokens of integrations have. */
  readonly client: readonly string[];
}

/** What a provider says of how somebody signed in, and the level that it counts as. */
export interface AcceptedLevel {
  /** `acr` for a value of that claim, `amr` for one of its values, `client` for integrations, which have neither. */
  readonly by: 'acr' | 'amr' | 'client';
  readonly value: string;
  readonly level: Level;
}

/** How people and integrations are signed in by an OpenID provider. */
export interface OidcConfig {
  readonly issuer: string;
  /** The register's name in access tokens. */
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecretFile: string;
  readonly claims: ClaimNames;
  readonly levels: readonly AcceptedLevel[];
  /** The `typ` that access tokens have; not asked for where undefined. */
  readonly tokenType?: string;
  /** Whether a token counts only beside the client certificate that it was issued to. */
  readonly requireMtls: boolean;
}

/** The files of the server's own certificate, for who has no gateway that ends TLS. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** How callers are known, of the whole configuration. */
export interface SignInConfig {
  readonly auth: 'none' | 'demo' | 'oidc';
  readonly oidc?: OidcConfig;
  /** The address that people have the register by, `https://HOST` or `https://HOST:PORT`. */
  readonly publicUrl?: string;
  readonly tls?: TlsFiles;
}

const CLAIM_KINDS = ['subject', 'hsaId', 'name', 'client'] as const;
const USUAL_CLAIMS: ClaimNames = {
  subject: ['sub'],
  hsaId: ['employeeHsaId', 'allEmployeeHsaIds'],
  name: ['name'],
  client: [],
};

/** The settings of signing in, by the names of their variables. */
export const signInSettings = {
  AUTH: z.enum(['none', 'demo', 'oidc'], { error: 'must be one of none, demo, oidc' }).optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isSafeUrl, 'must be the https address of the provider, as its tokens name it')
    .optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  OIDC_CLAIMS: parsed(
    claimNames,
    `must be like hsaId=employeeHsaId,other name=name; known are ${CLAIM_KINDS.join(', ')}`,
  ).optional(),
  OIDC_ACR_LEVELS: parsed(acceptedLevels, 'must be like URI=3 URI=2 amr:mfa=3 client=2, with levels 1 to 4').optional(),
  OIDC_TOKEN_TYPE: z.string().optional(),
  OIDC_REQUIRE_MTLS: z.stringbool({ error: 'must be true or false' }).default(false),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be like https://registret.example, without a path; http on this machine only')
    .transform((value) => new URL(value).origin)
    .optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
};

type SignInValues = z.infer<z.ZodObject<typeof signInSettings>>;

/** What signs callers in where nothing says so: the provider, where one is named. */
function authOf({ AUTH, OIDC_ISSUER }: SignInValues): SignInConfig['auth'] {
  return AUTH ?? (OIDC_ISSUER === undefined ? 'none' : 'oidc');
}

/** @param value settings without {@link signInContradictions} */
export function signInConfig(value: SignInValues): SignInConfig {
  const { TLS_CERT: cert, TLS_KEY: key } = value;
  const auth = authOf(value);
  return {
    auth,
    ...(auth === 'oidc' ? { oidc: oidcConfig(value) } : {}),
    ...(value.PUBLIC_URL === undefined ? {} : { publicUrl: value.PUBLIC_URL }),
    ...(cert === undefined || key === undefined ? {} : { tls: { cert, key } }),
  };
}

function oidcConfig(value: SignInValues): OidcConfig {
  return {
    issuer: value.OIDC_ISSUER ?? '',
    audience: value.OIDC_AUDIENCE ?? '',
    clientId: value.OIDC_CLIENT_ID ?? '',
    clientSecretFile: value.OIDC_CLIENT_SECRET_FILE ?? '',
    claims: { ...USUAL_CLAIMS, ...value.OIDC_CLAIMS },
    levels: value.OIDC_ACR_LEVELS ?? [],
    ...(value.OIDC_TOKEN_TYPE === undefined ? {} : { tokenType: value.OIDC_TOKEN_TYPE }),
    requireMtls: value.OIDC_REQUIRE_MTLS,
  };
}

/** What each setting that a provider needs is for. */
const NEEDED = {
  OIDC_ISSUER: 'the address of the provider',
  OIDC_AUDIENCE: "the register's name in access tokens",
  OIDC_CLIENT_ID: 'what the provider calls the register',
  OIDC_CLIENT_SECRET_FILE: 'the file with what the provider knows it by',
  OIDC_ACR_LEVELS: 'which sign-ins count as which level',
  PUBLIC_URL: 'where people are sent back to',
} as const;

/**
 * What of these settings does not fit together.
 * @param wrong the settings that are wrong by themselves: nothing more is said of them
 */
export function signInContradictions(
  value: SignInValues & { readonly HOST: string },
  wrong: ReadonlySet<string>,
): string[] {
  const auth = authOf(value);
  const found: string[] = [];
  if (auth === 'oidc' && !wrong.has('AUTH'))
    for (const [name, what] of Object.entries(NEEDED))
      if (value[name as keyof typeof NEEDED] === undefined && !wrong.has(name))
        found.push(`${name} is needed with AUTH=oidc: ${what}`);
  if ((value.TLS_CERT === undefined) !== (value.TLS_KEY === undefined))
    found.push('TLS_CERT and TLS_KEY are needed together: a certificate and its key');
  if (auth === 'demo' && value.TLS_CERT !== undefined)
    found.push('TLS_CERT cannot be used with AUTH=demo, whose provider is reached on this machine without TLS');
  if (auth !== 'oidc' && !isLoopback(value.HOST) && !wrong.has('AUTH') && !wrong.has('OIDC_ISSUER'))
    found.push(
      `HOST is reachable from other machines, and with AUTH=${auth} every caller is believed: name the provider that signs people in (AUTH=oidc, OIDC_ISSUER), or listen on 127.0.0.1`,
    );
  return found;
}

/** Said to who still sets what let a register be reached without anybody signing in. */
export const ALLOW_REMOTE_GONE =
  'ALLOW_REMOTE is no longer a way round: remove it. To be reached from other machines the register signs its callers in: AUTH=oidc with OIDC_ISSUER and PUBLIC_URL (docs/how-to/sign-in-with-a-provider.md)';

/** The name in an address that people have the register by, as a `Host` field has it. */
export function hostOf(publicUrl: string): string {
  return new URL(publicUrl).hostname;
}

function parsed<T>(read: (text: string) => T | undefined, error: string) {
  return z.string().transform((text, context): T => {
    const value = read(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: error });
    return z.NEVER;
  });
}

function claimNames(text: string): Partial<ClaimNames> | undefined {
  const given = text.split(/\s+/).map((part) => /^(?<kind>[A-Za-z]+)=(?<names>[^=\s]+)$/.exec(part)?.groups);
  if (given.some((one) => !CLAIM_KINDS.some((kind) => kind === one?.['kind']))) return undefined;
  return Object.fromEntries(given.map((one) => [one?.['kind'], (one?.['names'] ?? '').split(',')]));
}

function acceptedLevels(text: string): AcceptedLevel[] | undefined {
  // Addresses of levels may hold "=": the last one counts.
  const read = text
    .split(/\s+/)
    .map((part) => /^(?<by>amr:|client(?==))?(?<value>.*)=(?<level>[1-4])$/.exec(part)?.groups);
  const levels = read.flatMap((one): AcceptedLevel[] => {
    if (!one) return [];
    const { by, value = '', level } = one;
    if ((value === '') !== (by === 'client')) return [];
    return [{ by: by === 'client' ? 'client' : by === 'amr:' ? 'amr' : 'acr', value, level: Number(level) as Level }];
  });
  return levels.length === read.length ? levels : undefined;
}

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.hash !== '' || url.search !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isOwnName(url.hostname));
}

function isOrigin(text: string): boolean {
  if (!isSafeUrl(text)) return false;
  const { pathname, hostname } = new URL(text);
  return pathname === '/' && HOST_NAME_PATTERN.test(hostname);
}

function isOwnName(name: string): boolean {
  return isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
}
