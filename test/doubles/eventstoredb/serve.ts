/** `serve.ts`: runs the double until it is ended, and prints the connection string at which it is reached. */
import { EventStoreDbDouble } from './eventstoredb-double.js';

const double = new EventStoreDbDouble();
await double.start();
process.stdout.write(`${double.connectionString}\n`);
