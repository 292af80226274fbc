import { MongoClient } from 'mongodb';

/**
 * Jest's globalTeardown: takes the databases of this run off the MongoDB server, whatever became of the specs. Streams
 * on an EventStoreDB
 * server stay: nothing there can be taken away as a whole.
 */
export default async function dropDatabases() {
  const server = process.env['MONGODB_URL'] || process.env['FERRETDB_URL'];
  if (!server) return;
  const client = new MongoClient(server);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases)
      if (name.startsWith(`fok-test-${process.env['TEST_RUN']}-`)) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
