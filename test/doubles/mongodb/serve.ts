/**
 * `serve.ts "replica set"|standalone`: runs the double until it is ended, and prints the connection string at which it
 * is reached.
 */
import { FakeMongoDB } from './fake-mongodb.js';

/**
 * As a server with `transactionLifetimeLimitSeconds: 10`. By default it is 60, and each test that kills a process in a
 * transaction would wait so long.
 */
const TRANSACTION_LIFETIME_MS = 10_000;

const double = await FakeMongoDB.start(process.argv[2] === 'standalone' ? 'standalone' : 'replica set');
double.transactionLifetimeMs = TRANSACTION_LIFETIME_MS;
process.stdout.write(`${double.url}\n`);
