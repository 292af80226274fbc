import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

const provider = {
  OIDC_ISSUER: 'https://idp.example/realms/vard',
  OIDC_AUDIENCE: 'fok',
  OIDC_CLIENT_ID: 'fok-sidor',
  OIDC_CLIENT_SECRET_FILE: '/run/secrets/oidc',
  OIDC_ACR_LEVELS: 'http://id.sambi.se/loa/loa3=3 https://idp.example/?a=b=2 amr:mfa=3 client=2',
  PUBLIC_URL: 'https://registret.example',
};

/** What is wrong with these settings, one a line. */
function problems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings of signing in', () => {
  it('sign nobody in where no provider is named, and by the provider where one is', () => {
    expect(readConfig({}).auth).toBe('none');
    expect(readConfig({ AUTH: 'demo' }).auth).toBe('demo');
    expect(readConfig(provider)).toMatchObject({
      auth: 'oidc',
      publicUrl: 'https://registret.example',
      hostNames: ['registret.example'],
      oidc: {
        issuer: provider.OIDC_ISSUER,
        audience: 'fok',
        clientId: 'fok-sidor',
        clientSecretFile: '/run/secrets/oidc',
        claims: { subject: ['sub'], hsaId: ['employeeHsaId', 'allEmployeeHsaIds'], name: ['name'], client: [] },
        levels: [
          { by: 'acr', value: 'http://id.sambi.se/loa/loa3', level: 3 },
          { by: 'acr', value: 'https://idp.example/?a=b', level: 2 },
          { by: 'amr', value: 'mfa', level: 3 },
          { by: 'client', value: '', level: 2 },
        ],
        requireMtls: false,
      },
    });
  });

  it('count the public name among those of the server', () => {
    expect(readConfig({ ...provider, HOST_NAMES: 'register' }).hostNames).toEqual(['register', 'registret.example']);
    expect(readConfig({ PUBLIC_URL: 'http://localhost:3000/' }).publicUrl).toBe('http://localhost:3000');
  });

  it('name other claims, each apart from the others', () => {
    const { oidc } = readConfig({ ...provider, OIDC_CLAIMS: 'hsaId=hsa subject=oid,sub' });
    expect(oidc?.claims).toEqual({ subject: ['oid', 'sub'], hsaId: ['hsa'], name: ['name'], client: [] });
  });

  it.each(Object.keys(provider).filter((name) => name !== 'OIDC_ISSUER'))('need %s with a provider', (name) => {
    expect(problems({ ...provider, [name]: '' })).toEqual([expect.stringContaining(`${name} is needed`)]);
  });

  it('need all of them where the provider itself is missing', () => {
    expect(problems({ AUTH: 'oidc' })).toHaveLength(6);
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'register.example.se', '127.evil.example'])(
    'let nobody reach %s unless they sign in',
    (HOST) => {
      for (const AUTH of ['none', 'demo', ''])
        expect(problems({ AUTH, HOST })).toEqual([expect.stringMatching(/^HOST is reachable.*OIDC_ISSUER/)]);
      expect(readConfig({ ...provider, HOST }).host).toBe(HOST);
    },
  );

  it.each(['true', 'false', 'perhaps'])('say what to do instead of ALLOW_REMOTE=%s', (ALLOW_REMOTE) => {
    expect(problems({ ...provider, ALLOW_REMOTE })).toEqual([expect.stringMatching(/^ALLOW_REMOTE .*AUTH=oidc/)]);
  });

  it.each([
    ['AUTH', 'saml'],
    ['OIDC_ISSUER', 'http://idp.example'],
    ['OIDC_ISSUER', 'https://user@idp.example'],
    ['OIDC_ISSUER', 'idp.example'],
    ['OIDC_CLAIMS', 'role=admin'],
    ['OIDC_CLAIMS', 'hsaId='],
    ['OIDC_ACR_LEVELS', 'urn:loa3'],
    ['OIDC_ACR_LEVELS', 'urn:loa3=5'],
    ['OIDC_ACR_LEVELS', '=3'],
    ['OIDC_ACR_LEVELS', 'amr:=3'],
    ['OIDC_REQUIRE_MTLS', 'perhaps'],
    ['PUBLIC_URL', 'http://registret.example'],
    ['PUBLIC_URL', 'https://registret.example/fok'],
    ['PUBLIC_URL', 'https://registret.example/?a'],
    ['PUBLIC_URL', 'registret.example'],
  ])('refuse %s=%s and say how it is written', (name, value) => {
    expect(problems({ ...provider, [name]: value })).toEqual([expect.stringContaining(`${name} must`)]);
  });

  it('take a certificate and its key together', () => {
    expect(readConfig({ TLS_CERT: 'a.pem', TLS_KEY: 'b.pem' }).tls).toEqual({ cert: 'a.pem', key: 'b.pem' });
    expect(problems({ AUTH: 'demo', TLS_CERT: 'a.pem', TLS_KEY: 'b.pem' })).toEqual([
      expect.stringContaining('TLS_CERT'),
    ]);
    for (const half of ['TLS_CERT', 'TLS_KEY'])
      expect(problems({ [half]: 'a.pem' })).toEqual([expect.stringContaining('TLS_CERT and TLS_KEY')]);
  });
});
