import { describe, expect, it, jest } from '@jest/globals';
import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import { Connection } from './connection.js';

describe('the connection to EventStoreDB', () => {
  it('takes the rejection that the client leaves to nobody while it looks for a node in vain', async () => {
    const connection = Connection.open(
      'esdb+discover://127.0.0.1:1?tls=false&maxDiscoverAttempts=1&discoveryInterval=1',
    );
    const read = connection.client.readStream('any');
    const failed = new Promise((resolve) => {
      read.once('error', resolve);
    });
    // What the client does, without waiting for it, when another call fails in the meantime.
    const handleError = Reflect.get(connection.client, 'handleError') as (
      client: object,
      error: Error,
    ) => Promise<void>;
    const unavailable = new UnavailableError();
    await expect(handleError({ getChannel: () => undefined }, unavailable)).resolves.toBeUndefined();
    expect(String(await failed)).toMatch(/Failed to discover/);
    await connection.close();
  });

  it('keeps the password of a connection string apart from what it says', () => {
    expect(Connection.open('esdb://fok:s%C3%A4kert@127.0.0.1:1').credentials).toEqual({
      username: 'fok',
      password: 'säkert',
    });
    expect(Connection.open('kurrentdb://fok:x@127.0.0.1:1').credentials).toEqual({ username: 'fok', password: 'x' });
    expect(Connection.open('esdb://127.0.0.1:1', { username: 'a', password: 'b' }).credentials).toEqual({
      username: 'a',
      password: 'b',
    });
    expect(() => Connection.open('esdb://fok:s%C3@127.0.0.1:1')).toThrow(
      'the connection string of EventStoreDB is not as it should be',
    );
  });

  it.each([
    ['an unknown option', 'esdb://fok:s3cret@127.0.0.1:1?tls=true&verify=1', 'has the option verify'],
    ['one that the client does not support', 'esdb://fok:s3cret@127.0.0.1:1?tlsVerifyCert=false', 'tlsVerifyCert'],
    ['a password in the wrong place', 'esdb://127.0.0.1:1?fok:s3cret@x=1', 'a name that is none'],
  ])('prints nothing of the password for %s', (_, connectionString, said) => {
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(() => Connection.open(connectionString)).toThrow(said);
    expect(() => Connection.open(connectionString)).not.toThrow('s3cret');
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('takes the names of options in any spelling of letters, and gives the client no password', () => {
    const given = jest.spyOn(EventStoreDBClient, 'connectionString');
    const connection = Connection.open('kurrentdb://fok:s3cret@127.0.0.1:1?TLS=true&maxdiscoverattempts=2');
    expect(connection.credentials.password).toBe('s3cret');
    expect(given.mock.calls.map(String)).toEqual(['esdb://127.0.0.1:1?TLS=true&maxdiscoverattempts=2']);
    given.mockRestore();
  });
});
