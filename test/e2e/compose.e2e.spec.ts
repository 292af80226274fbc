import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { readConfig } from '../../src/kernel/config/config.js';
import { signsAsOne } from '../../src/stores/open-heads.js';

interface Service {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly build?: string;
  readonly stop_grace_period?: string;
  readonly configs?: readonly { readonly source: string }[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly configs?: Readonly<Record<string, { readonly content: string }>>;
}

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
/** With merge keys, as Compose reads it. */
const parse = (text: string): unknown => load(text, { schema: YAML11_SCHEMA });
const compose = (name: string): Compose => parse(read(name)) as Compose;

const SINGLE = 'docker-compose.yml';
const CLUSTER = 'docker-compose.cluster.yml';
const valid = schema();

describe.each([SINGLE, CLUSTER])('%s', (name) => {
  const file = compose(name);
  const services = Object.entries(file.services);
  const registers = services.filter(([, { build }]) => build !== undefined);

  it('is a compose file by the schema of the Compose Specification', () => {
    expect({ valid: valid(file), errors: valid.errors }).toEqual({ valid: true, errors: null });
  });

  it('pins every image, and says of every server when it is well', () => {
    for (const [service, { image, healthcheck, build }] of services) {
      expect([service, image]).toEqual([service, expect.stringMatching(/:\d+\.\d+\.\d+$/)]);
      // What is built here has its own in the Dockerfile.
      expect([service, healthcheck !== undefined]).toEqual([service, build === undefined]);
    }
  });

  it('publishes on loopback only, and keeps what is written in volumes that it declares', () => {
    for (const [service, { ports = [], volumes = [] }] of services) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      expect([service, volumes.length > 0]).toEqual([service, service !== 'proxy']);
      for (const volume of volumes) expect(Object.keys(file.volumes)).toContain(volume.split(':')[0]);
    }
  });

  it('waits with everything until what it needs is well', () => {
    for (const [, { depends_on = {} }] of services) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        expect(Object.keys(file.services)).toContain(needed);
        expect(condition).toBe('service_healthy');
      }
    }
    for (const [, { depends_on = {} }] of registers) expect(Object.keys(depends_on).length).toBeGreaterThan(1);
  });

  it('runs the register without rights, with settings that are documented, and takes its secrets from the environment', () => {
    expect(registers).toHaveLength(name === SINGLE ? 1 : 2);
    for (const [, register] of registers) {
      expect(register).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        secrets: Object.keys(file.secrets),
        build: '.',
      });
      expect(register.environment).toMatchObject({
        EVENT_STORE: 'eventstoredb',
        VIEW_STORE: 'mongodb',
        MASTER_KEY_FILE: '/run/secrets/master-key',
        AUTH: 'oidc',
        OIDC_CLIENT_SECRET_FILE: '/run/secrets/oidc-client',
      });
      // Whose provider it is nobody but the operator knows.
      for (const setting of ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_CLIENT_ID', 'OIDC_ACR_LEVELS', 'PUBLIC_URL'])
        expect(register.environment?.[setting]).toBe(`\${${setting}:-}`);
      for (const variable of Object.keys(register.environment ?? {}))
        expect(read('docs/reference/configuration.md')).toContain(`\`${variable}\``);
    }
    expect(file.secrets).toEqual({
      'master-key': { environment: 'FOK_MASTER_KEY' },
      ...(name === CLUSTER && { 'signing-key': { environment: 'FOK_SIGNING_KEY' } }),
      'oidc-client': { environment: 'FOK_OIDC_CLIENT_SECRET' },
    });
  });
});

it('gives one of each server, or three nodes of each', () => {
  expect(Object.keys(compose(SINGLE).services)).toEqual(['eventstore', 'mongodb', 'register']);
  expect(Object.keys(compose(CLUSTER).services)).toEqual([
    'eventstore1',
    'eventstore2',
    'eventstore3',
    'mongodb1',
    'mongodb2',
    'mongodb3',
    'register1',
    'register2',
    'proxy',
  ]);
});

describe('the two registers of the cluster', () => {
  const { services, configs } = compose(CLUSTER);
  const settings = { ...services['register1']?.environment };

  it('share log, views, keys and the one signing key, and sign as one', () => {
    expect(services['register2']?.environment).toEqual(settings);
    const url = (value: string | undefined): string => (value ?? '').replace(/\$\{[^}]*\}/g, '');
    const config = readConfig({
      ...Object.fromEntries(Object.entries(settings).map(([setting, value]) => [setting, url(value)])),
      AUTH: 'none',
      OIDC_CLIENT_SECRET_FILE: '',
    });
    expect(signsAsOne(config)).toBe(true);
    expect(config).toMatchObject({ signingKeyFile: '/run/secrets/signing-key', keyStore: 'mongodb' });
    expect(config.keysMongodbUrl).not.toBe(config.mongodbUrl);
  });

  it('are asked through a proxy, which asks each whether it is ready, by a name that it goes by', () => {
    expect(services['proxy']?.configs).toEqual([expect.objectContaining({ source: 'proxy' })]);
    const lines = (configs?.['proxy']?.content ?? '').split('\n').map((line) => line.trim());
    const named = (settings['HOST_NAMES'] ?? '').split(',');
    expect(lines.filter((line) => line.startsWith('server '))).toEqual(
      named.map((register) => `server ${register} ${register}:3000`),
    );
    const asked = lines.find((line) => line.startsWith('http-check send'));
    expect(asked).toMatch(/ uri \/health\/ready /);
    expect(named).toContain(asked?.split(' hdr Host ')[1]);
    expect(Object.values(services).flatMap(({ ports = [] }) => ports)).toEqual(services['proxy']?.ports);
  });

  it('are given the time to seal before they are killed, and the servers to write', () => {
    for (const [service, { stop_grace_period = '10s' }] of Object.entries(services))
      expect([service, Number.parseInt(stop_grace_period) >= 30]).toEqual([service, true]);
  });

  it('begin when a leader was chosen', () => {
    for (const node of ['eventstore1', 'eventstore2', 'eventstore3'])
      expect(services[node]?.healthcheck?.test.join(' ')).toContain('Leader');
    expect(services['mongodb1']?.healthcheck?.test.join(' ')).toContain('PRIMARY');
  });
});

it.each([
  ['a field that there is not', /restart: unless-stopped/, 'restarts: unless-stopped'],
  ['a condition that there is not', /condition: service_healthy/, 'condition: service_well'],
  ['a list where a mapping belongs', /^volumes:[^]*/m, 'volumes:\n  - eventstore-data\n'],
])('%s is found', (_, right, wrong) => {
  const text = read(SINGLE);
  expect(text).toMatch(right);
  expect(valid(parse(text.replace(right, wrong)))).toBe(false);
});

function schema(): ValidateFunction {
  const { $schema, ...published } = JSON.parse(read('test/vendor/compose-spec/compose-spec.json')) as Record<
    string,
    unknown
  >;
  // It names draft 7 by another address than the draft does itself.
  expect($schema).toBe('https://json-schema.org/draft-07/schema');
  return new Ajv({ strict: false }).compile(published);
}
