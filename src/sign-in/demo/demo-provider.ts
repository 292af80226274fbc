import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type Provider from 'oidc-provider';
import type { Configuration as ProviderSettings } from 'oidc-provider';
import { allowInsecureRequests, ClientSecretPost, Configuration, enableNonRepudiationChecks } from 'openid-client';
import { ConfigError } from '../../kernel/config/config.js';
import type { OidcConfig } from '../../kernel/config/sign-in-settings.js';
import { DEMO_ISSUER, type Level } from '../../kernel/http/caller.js';
import { ANSWER_PATH, DEMO_PATH, LOGOUT_PATH } from '../paths.js';
import { attribute, escaped, plainPage } from '../plain-page.js';
import type { DemoPerson } from './demo-persons.js';

const PICK = `${DEMO_PATH}/val`;
const TOKEN = `${DEMO_PATH}/intyg`;
const TOKEN_LASTS = '1h';
const CLIENT = 'fok';

/** How sure the sign-ins of the demo are, as a provider calls it. */
const LEVELS: Readonly<Record<number, string>> = { 3: 'urn:fok:demo:loa3', 2: 'urn:fok:demo:loa2' };

export interface DemoProviderOptions {
  /** Whom it can sign in. */
  readonly persons: () => Promise<readonly DemoPerson[]>;
  /** The addresses by which browsers on this machine reach the register. */
  readonly addresses: () => readonly string[];
}

/**
 * An identity provider inside the process, for trying the register alone: whoever can reach it chooses who to be. It
 * says what any provider says, so that nothing in the register knows the difference.
 */
export class DemoProvider {
  /** What the register knows it by; new with each start. */
  readonly secret = randomBytes(32).toString('base64url');
  readonly oidc: OidcConfig = {
    issuer: DEMO_ISSUER,
    audience: 'fok-api',
    clientId: CLIENT,
    clientSecretFile: '',
    claims: { subject: ['sub'], hsaId: ['employeeHsaId'], name: ['name'], client: [] },
    levels: Object.entries(LEVELS).map(([level, value]) => ({ by: 'acr', value, level: Number(level) as Level })),
    tokenType: 'at+jwt',
    requireMtls: false,
  };

  private provider: Promise<Provider> | undefined;
  private readonly signedIn = new Map<string, DemoPerson>();

  private constructor(
    private readonly Library: typeof Provider,
    private readonly key: CryptoKey,
    private readonly jwk: NonNullable<ProviderSettings['jwks']>['keys'][number],
    private readonly options: DemoProviderOptions,
  ) {}

  /** @throws ConfigError where the package that it is made of is not installed, as in the image */
  static async load(options: DemoProviderOptions): Promise<DemoProvider> {
    const Library = await library();
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'demo', use: 'sig', alg: 'ES256' };
    return new DemoProvider(Library, privateKey, jwk as never, options);
  }

  /** What the provider says of itself, at the address that it answers on now. */
  async discover(): Promise<Configuration> {
    const [address = ''] = this.options.addresses();
    const at = `${address}${DEMO_PATH}`;
    const found = new Configuration(
      {
        issuer: DEMO_ISSUER,
        authorization_endpoint: `${at}/auth`,
        token_endpoint: `${at}/token`,
        end_session_endpoint: `${at}/session/end`,
        jwks_uri: `${at}/jwks`,
        id_token_signing_alg_values_supported: ['ES256'],
      },
      CLIENT,
      {},
      ClientSecretPost(this.secret),
    );
    allowInsecureRequests(found);
    enableNonRepudiationChecks(found);
    return found;
  }

  /** Answers a call whose path begins with {@link DEMO_PATH}. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = await (this.provider ??= this.make());
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST' && url.pathname.startsWith(`${TOKEN}/`))
      return this.giveToken(url.pathname.slice(TOKEN.length + 1), response);
    if (url.pathname.startsWith(`${PICK}/`)) return this.pick(provider, url, request, response);
    // The library finds out from the two where it lies.
    Object.assign(request, { originalUrl: request.url, url: (request.url ?? '').slice(DEMO_PATH.length) });
    return provider.callback()(request, response);
  }

  /** An access token for the API, as a program of that person would have one: for curl. */
  private async giveToken(id: string, response: ServerResponse): Promise<void> {
    const person = (await this.options.persons()).find((one) => one.id === id);
    if (!person) return say(response, 404, 'text/plain', 'Personen finns inte i demon.\n');
    const token = await new SignJWT({ ...claimsOf(person), acr: LEVELS[person.level] ?? '' })
      .setProtectedHeader({ alg: 'ES256', kid: 'demo', typ: 'at+jwt' })
      .setIssuer(DEMO_ISSUER)
      .setAudience(this.oidc.audience)
      .setJti(randomBytes(16).toString('base64url'))
      .setIssuedAt()
      .setExpirationTime(TOKEN_LASTS)
      .sign(this.key);
    return say(response, 200, 'text/plain', `${token}\n`);
  }

  /** The page on which somebody chooses who to be, and what became of the choice. */
  private async pick(provider: Provider, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const persons = await this.options.persons();
    if (request.method !== 'POST') return say(response, 200, 'text/html', pickPage(url.pathname, persons));
    const person = persons.find(({ id }) => id === url.searchParams.get('person'));
    if (!person) return say(response, 404, 'text/plain', 'Personen finns inte i demon.\n');
    this.signedIn.set(person.subject, person);
    await provider.interactionFinished(request, response, {
      login: { accountId: person.subject, acr: LEVELS[person.level] ?? '' },
    });
  }

  private async make(): Promise<Provider> {
    const addresses = this.options.addresses();
    return new this.Library(DEMO_ISSUER, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: this.secret,
          redirect_uris: addresses.map((address) => `${address}${ANSWER_PATH}`),
          post_logout_redirect_uris: addresses.map((address) => `${address}${LOGOUT_PATH}`),
          grant_types: ['authorization_code'],
          response_types: ['code'],
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'ES256',
        },
      ],
      jwks: { keys: [this.jwk] },
      cookies: { keys: [randomBytes(32).toString('base64url')] },
      claims: { openid: ['sub', 'employeeHsaId'], profile: ['name'] },
      // The register asks for claims by scope and reads them in the ID token.
      conformIdTokenClaims: false,
      acrValues: Object.values(LEVELS),
      interactions: { url: (_context, interaction) => `${PICK}/${interaction.uid}` },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = logoutPage(form);
          },
        },
      },
      findAccount: (_context, id) => {
        const person = this.signedIn.get(id);
        return person && { accountId: id, claims: () => ({ ...claimsOf(person), sub: id }) };
      },
      // Nobody is asked whether the register may know who she is.
      loadExistingGrant: async ({ oidc: { provider, client, session } }) => {
        const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
      ttl: {
        AccessToken: 3_600,
        AuthorizationCode: 60,
        Grant: 36_000,
        IdToken: 3_600,
        Interaction: 3_600,
        Session: 36_000,
      },
    });
  }
}

async function library(): Promise<typeof Provider> {
  try {
    return (await import('oidc-provider')).default;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigError([
      'AUTH=demo needs the development dependencies, which are not installed here: run it from the sources after npm ci, or sign people in with AUTH=oidc',
    ]);
  }
}

function claimsOf({ subject, name, hsaIds }: DemoPerson): { sub: string; name: string; employeeHsaId: string[] } {
  return { sub: subject, name, employeeHsaId: [...hsaIds] };
}

function pickPage(path: string, persons: readonly DemoPerson[]): string {
  const choices = persons.map(
    ({ id, name, as }) =>
      `<form method="post" action="${attribute(`${path}?person=${encodeURIComponent(id)}`)}"><button><strong>${escaped(name)}</strong><span>${escaped(as)}</span></button></form>`,
  );
  const nobody =
    '<p>Ingen i uppgifterna kan logga in. Ange ett HSA-id för en medarbetare, eller importera demons uppgifter.</p>';
  return plainPage(
    'Vem vill du vara?',
    `<p>Det här är en demo. Personerna finns inte. Välj vem du loggar in som.</p>${choices.join('') || nobody}`,
  );
}

function logoutPage(form: string): string {
  return plainPage(
    'Logga ut',
    `<p>Vill du avsluta inloggningen även i demons inloggningstjänst?</p>${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Logga ut</button>`,
  );
}

function say(response: ServerResponse, status: number, type: string, text: string): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    })
    .end(text);
}
