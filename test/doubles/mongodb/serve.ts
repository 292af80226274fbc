/** `serve.ts "replica set"|standalone`: runs the double until it is ended, and prints the connection string at which it is reached. */
import { FakeMongoDB } from './fake-mongodb.js';

const double = await FakeMongoDB.start(process.argv[2] === 'standalone' ? 'standalone' : 'replica set');
process.stdout.write(`${double.url}\n`);
