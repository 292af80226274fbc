import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../kernel/config/config.js';
import { DEMO_ISSUER } from '../../kernel/http/caller.js';
import { safeErrorFields } from '../../kernel/http/safe-error.js';
import { Provider } from '../provider.js';
import { assemble, type SignIn, type SignInConfigured, type SignInOptions, trouble } from '../sign-in.js';
import { DEMO_PATH } from '../paths.js';
import { DemoProvider } from './demo-provider.js';
import { type DemoPerson, demoPersons, type DemoReads } from './demo-persons.js';

/** So long who was found in the data is offered again, in milliseconds. */
const FOUND_MS = 60_000;

/**
 * Signs callers in by a provider inside the process, who offers persons found in the data. For one machine.
 * @throws ConfigError where that provider is not installed; SessionsUnavailable
 */
export async function signInByDemo(
  config: SignInConfigured & Pick<Config, 'host' | 'hostNames'>,
  from: DemoReads,
  { logger, now }: SignInOptions,
): Promise<SignIn> {
  let server: FastifyInstance | undefined;
  const demo = await DemoProvider.load({
    persons: remembered(() => demoPersons(from)),
    addresses: () => addressesOf(config, server),
  });
  const signIn = await assemble(config, {
    oidc: demo.oidc,
    issuerName: DEMO_ISSUER,
    secret: async () => demo.secret,
    provider: new Provider({ discover: () => demo.discover(), onTrouble: trouble(logger), askAgainMs: 0 }),
    logger,
    ...(now && { now }),
  });
  const { entrance } = signIn;
  return {
    ...signIn,
    entrance: {
      routes: entrance.routes,
      admit: (request, reply) => entrance.admit(request, reply),
      prepare: async (fastify) => {
        server = fastify;
        fastify.addHook('onRequest', (request, reply, done) => {
          if (!request.url.startsWith(`${DEMO_PATH}/`)) return done();
          reply.hijack();
          demo.answer(request.raw, reply.raw).catch((error: unknown) => {
            logger.error(safeErrorFields(error), 'the identity provider of the demo failed');
            reply.raw.writeHead(500).end();
          });
        });
        await entrance.prepare(fastify);
      },
    },
  };
}

/** How a browser on this machine may call the register, first how the register itself can. */
function addressesOf(
  { host, hostNames = [], publicUrl }: Pick<Config, 'host' | 'hostNames' | 'publicUrl'>,
  server: FastifyInstance | undefined,
): string[] {
  const address = server?.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen yet');
  const { port } = address;
  const scheme = server?.server instanceof TlsServer ? 'https' : 'http';
  const names = [host.includes(':') ? `[${host}]` : host, 'localhost', '127.0.0.1', '[::1]', ...hostNames];
  const addresses = [...new Set(names)].map((name) => new URL(`${scheme}://${name}:${port}`).origin);
  return publicUrl === undefined ? addresses : [...addresses, publicUrl];
}

/** Looks through the data now and then, not for each page. */
function remembered(find: () => Promise<readonly DemoPerson[]>): () => Promise<readonly DemoPerson[]> {
  let found: Promise<readonly DemoPerson[]> | undefined;
  let foundAt = -Infinity;
  return async () => {
    if (found && performance.now() - foundAt < FOUND_MS && (await found).length > 0) return found;
    foundAt = performance.now();
    found = find();
    return found;
  };
}
