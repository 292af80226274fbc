import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT, type JWTHeaderParameters } from 'jose';
import type { OidcConfig } from '../../src/kernel/config/sign-in-settings.js';

const LOA3 = 'http://id.sambi.se/loa/loa3';
const LOA2 = 'http://id.sambi.se/loa/loa2';

interface Key {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** An OpenID provider as far as who checks tokens sees it: what it says of itself, its keys, and tokens that it signs. */
export class TestIssuer {
  private server: Server | undefined;
  private port = 0;
  private keys: Key[] = [];
  /** How often its keys were fetched. */
  fetched = 0;

  /** One that answers, with a key of each kind that is accepted. */
  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await issuer.listen();
    for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA']) await issuer.addKey(alg);
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Settings of a register that this one signs in for. */
  config(more: Partial<OidcConfig> = {}): OidcConfig {
    return {
      issuer: this.url,
      audience: 'fok-api',
      clientId: 'fok',
      clientSecretFile: import.meta.filename,
      claims: { subject: ['sub'], hsaId: ['employeeHsaId'], name: ['name'], client: [] },
      levels: [
        { by: 'acr', value: LOA3, level: 3 },
        { by: 'acr', value: LOA2, level: 2 },
        { by: 'client', value: '', level: 3 },
      ],
      requireMtls: false,
      ...more,
    };
  }

  /** Listens again where it did before. */
  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      const keys = request.url === '/keys';
      if (keys) this.fetched += 1;
      const found = keys ? { keys: this.keys.map(({ jwk }) => jwk) } : this.metadata();
      response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** A new key under a name of its own; @returns its name */
  async addKey(alg: string): Promise<string> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `${alg}-${this.keys.length + 1}`;
    this.keys.push({ alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), alg, kid, use: 'sig' } });
    return kid;
  }

  /** Withdraws every key that it has. */
  dropKeys(): void {
    this.keys = [];
  }

  /** The public half of a key, as everybody may have it. */
  publicKey(alg: string): JWK {
    return this.keyOf(alg).jwk;
  }

  /** A token that is right in everything, but for what is said here; a claim of `undefined` is left out. */
  async token(claims: Record<string, unknown> = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const { alg, kid, privateKey } = this.keyOf(header.alg ?? 'ES256');
    const now = Math.floor(Date.now() / 1_000);
    const all = {
      iss: this.url,
      aud: 'fok-api',
      sub: 'maja',
      iat: now,
      exp: now + 300,
      jti: `token-${Math.random()}`,
      employeeHsaId: 'SE2321000016-1003',
      acr: LOA3,
      ...claims,
    };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(given).setProtectedHeader({ kid, typ: 'at+jwt', ...header, alg }).sign(privateKey);
  }

  private keyOf(alg: string): Key {
    const key = this.keys.findLast((one) => one.alg === alg);
    if (!key) throw new Error(`there is no key for ${alg}`);
    return key;
  }

  private metadata(): Record<string, unknown> {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/keys`,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    };
  }
}
