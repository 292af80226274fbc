import type { Level } from '../kernel/http/caller.js';
import type { AcceptedLevel, ClaimNames } from '../kernel/config/sign-in-settings.js';

/** Who somebody is, by the claims of a token: what of a caller does not change from call to call. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly level: Level;
  readonly hsaIds: readonly string[];
  readonly name?: string;
  readonly client?: true;
}

/** The claims of a verified token, as they came. */
export type Claims = Readonly<Record<string, unknown>>;

/** What of a provider's words is taken for what. */
export interface Vocabulary {
  readonly claims: ClaimNames;
  readonly levels: readonly AcceptedLevel[];
}

/** Subjects and ids are compared and shown, never longer than what any provider gives. */
const LONGEST = 255;

/**
 * Who the claims are about.
 * @param issuer as the register names it
 * @returns undefined when they name nobody
 */
export function identityOf(
  claims: Claims,
  { claims: names, levels }: Vocabulary,
  issuer: string,
): Identity | undefined {
  const [subject] = names.subject.flatMap((name) => texts(claims[name]));
  if (subject === undefined) return undefined;
  const [name] = names.name.flatMap((one) => texts(claims[one]));
  const client = isClient(claims, names);
  return {
    issuer,
    subject,
    level: levelOf(claims, levels, client),
    hsaIds: [...new Set(names.hsaId.flatMap((one) => texts(claims[one])))],
    ...(name === undefined ? {} : { name }),
    ...(client ? { client } : {}),
  };
}

/** The highest level that anything in the claims counts as; 1 for what nobody has vouched for. */
export function levelOf(claims: Claims, levels: readonly AcceptedLevel[], client: boolean): Level {
  const said = { acr: texts(claims['acr']), amr: texts(claims['amr']), client: client ? [''] : [] };
  return levels
    .filter(({ by, value }) => said[by].includes(value))
    .reduce<Level>((highest, { level }) => (level > highest ? level : highest), 1);
}

/** The values of `acr` that suffice for a level, the highest first, as a login asks for them. */
export function acceptedAcr(levels: readonly AcceptedLevel[], least: Level): string[] {
  return levels
    .filter(({ by, level }) => by === 'acr' && level >= least)
    .sort((a, b) => b.level - a.level)
    .map(({ value }) => value);
}

/**
 * Programs sign in for themselves: RFC 9068 gives them the client's id as subject, Entra says `idtyp`, and others may
 * have a claim that only such tokens have.
 */
function isClient(claims: Claims, names: ClaimNames): boolean {
  const own = [claims['client_id'], claims['azp']].some((id) => id !== undefined && id === claims['sub']);
  return own || claims['idtyp'] === 'app' || names.client.some((name) => texts(claims[name]).length > 0);
}

function texts(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string' && one !== '' && one.length <= LONGEST) as string[];
}
