import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { refusal } from './refusal.spec-helper.js';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      dataDir: './data',
      host: '127.0.0.1',
      port: 3000,
      eventStore: 'sqlite',
      viewStore: 'sqlite',
      keyStore: 'sqlite',
      auth: 'none',
      accessLog: false,
      poisonPolicy: 'park',
      staleReads: 'header',
      readyMaxLagSeconds: 60,
      logLevel: 'info',
      verifyEveryMs: 86_400_000,
      witnesses: [],
      witnessesNeeded: 1,
    });
  });

  it('takes the names of the server', () => {
    const { hostNames } = readConfig({ HOST_NAMES: 'registret.example, 10.0.0.7,[2001:db8::1]' });
    expect(hostNames).toEqual(['registret.example', '10.0.0.7', '[2001:db8::1]']);
    for (const wrong of ['a:3000', 'http://a', 'a,,b', 'a b', '2001:db8::1', '*'])
      expect(refusal({ HOST_NAMES: wrong })).toContain('HOST_NAMES');
  });

  it('takes an empty variable for one that is not set, and leaves those of others alone', () => {
    expect(readConfig({ PORT: '', EVENT_STORE: ' ', PATH: '/bin' })).toEqual(readConfig({}));
  });

  it('names every wrong value in one message', () => {
    const message = refusal({
      PORT: '70000',
      EVENT_STORE: 'postgres',
      VIEW_STORE: 'redis',
      EVENTSTORE_NAMESPACE: 'fok.',
      MONGODB_URL: 'http://x',
      LOG_LEVEL: 'loud',
      CHECKPOINT_WITNESSES: 'http://witness.example/#key',
      CHECKPOINT_WITNESSES_NEEDED: '0',
      HOST: 'a b',
      POISON_POLICY: 'ignore',
      STALE_READS: 'ignore',
      READY_MAX_LAG_SECONDS: '0',
      RATE_LIMIT: '-1',
    });
    for (const name of [
      'PORT',
      'EVENT_STORE',
      'VIEW_STORE',
      'EVENTSTORE_NAMESPACE',
      'MONGODB_URL',
      'LOG_LEVEL',
      'CHECKPOINT_WITNESSES',
      'CHECKPOINT_WITNESSES_NEEDED',
      'HOST',
      'POISON_POLICY',
      'STALE_READS',
      'READY_MAX_LAG_SECONDS',
      'RATE_LIMIT',
    ])
      expect(message).toContain(`- ${name} must`);
  });

  it('names what does not fit together in the same message', () => {
    const message = refusal({
      PORT: 'x',
      HOST: '0.0.0.0',
      EVENT_STORE: 'eventstoredb',
      VIEW_STORE: 'mongodb',
      MONGODB_URL: 'http://x',
    });
    expect(message.split('\n').slice(1)).toEqual([
      expect.stringContaining('- PORT must'),
      expect.stringContaining('- MONGODB_URL must'),
      expect.stringContaining('- EVENTSTORE_URL is needed'),
      expect.stringContaining('- HOST is reachable'),
    ]);
  });

  it('keeps the keys out of the database of the views', () => {
    const [views, keys] = [
      'mongodb://reader:a@b.example:27017,a.example/fok?replicaSet=rs0',
      'mongodb://keeper:b@a.example,B.example:27017/fok',
    ];
    expect(
      refusal({ KEY_STORE: 'mongodb', VIEW_STORE: 'mongodb', MONGODB_URL: views, KEYS_MONGODB_URL: keys }),
    ).toContain('KEYS_MONGODB_URL must name another database than MONGODB_URL');
    expect(
      readConfig({ KEY_STORE: 'mongodb', VIEW_STORE: 'mongodb', MONGODB_URL: views, KEYS_MONGODB_URL: `${keys}-keys` }),
    ).toMatchObject({ keyStore: 'mongodb', keysMongodbUrl: `${keys}-keys` });
    expect(refusal({ KEY_STORE: 'mongodb' })).toContain('KEYS_MONGODB_URL is needed');
    expect(refusal({ KEYS_MONGODB_URL: 'mongodb://a.example' })).toContain('KEYS_MONGODB_URL must name a database');
  });

  it("puts the views into the database that is named, or else into one of the register's own name", () => {
    const database = (url: string) => readConfig({ VIEW_STORE: 'mongodb', MONGODB_URL: url }).mongodbUrl;
    expect(
      [
        'mongodb://a.example',
        'mongodb://a.example/',
        'mongodb://u:p@a.example,b.example:27018/?replicaSet=rs0',
        'mongodb://a.example/mine?x=1',
      ].map(database),
    ).toEqual([
      'mongodb://a.example/fok',
      'mongodb://a.example/fok',
      'mongodb://u:p@a.example,b.example:27018/fok?replicaSet=rs0',
      'mongodb://a.example/mine?x=1',
    ]);
  });

  it('keeps the views in memory beside a log in memory, unless it is told where', () => {
    expect(readConfig({ EVENT_STORE: 'memory' }).viewStore).toBe('memory');
    expect(readConfig({ EVENT_STORE: 'memory', VIEW_STORE: 'sqlite' }).viewStore).toBe('sqlite');
  });

  it('names addresses of servers that are none in the one message', () => {
    const message = refusal({
      EVENT_STORE: 'eventstoredb',
      EVENTSTORE_URL: 'esdb://',
      MONGODB_URL: 'mongodb://',
      KEYS_MONGODB_URL: 'mongodb://h/%zz',
      PORT: 'x',
    });
    expect(message.split('\n').slice(1)).toEqual(
      [
        'PORT must',
        'EVENTSTORE_URL must name its servers',
        'MONGODB_URL must name its servers',
        'KEYS_MONGODB_URL must name its servers',
      ].map((text) => expect.stringContaining(`- ${text}`)),
    );
  });

  it.each([
    'mongodb://',
    'mongodb:///fok',
    'mongodb://h:port/fok',
    'mongodb://h h/fok',
    'mongodb://u:p@ss@h/fok',
    'mongodb://h,/fok',
    'mongodb://h/%e5',
    'mongodb://?x=1',
  ])('takes %s for no address', (address) => {
    expect(refusal({ MONGODB_URL: address })).toContain('MONGODB_URL must name its servers');
  });

  it.each([
    ['MONGODB_URL', 'mongodb://127.0.0.1:27017/fok?directConnection=true'],
    ['MONGODB_URL', 'mongodb://reader:a%40b@b.example:27017,a.example/fok?replicaSet=rs0'],
    ['MONGODB_URL', 'mongodb+srv://u@cluster.example.net/fok'],
    ['MONGODB_URL', 'mongodb://%2Ftmp%2Fmongodb-27017.sock/fok'],
    ['MONGODB_URL', 'mongodb://[::1]:27017/fok'],
    ['EVENTSTORE_URL', 'kurrentdb://127.0.0.1:2113?tls=false'],
    ['EVENTSTORE_URL', 'esdb://admin:changeit@a:2111,b:2112,c:2113/?tls=true&nodePreference=leader'],
    ['EVENTSTORE_URL', 'kurrentdb+discover://cluster.example:2113'],
  ])('takes %s=%s', (name, address) => {
    expect(Object.values(readConfig({ [name]: address }))).toContain(address);
  });

  it('does not repeat an address, which may hold a password', () => {
    expect(refusal({ EVENTSTORE_URL: 'https://admin:changeit@db' })).not.toContain('changeit');
  });

  it('asks for the address of a server that is to be used', () => {
    const message = refusal({ EVENT_STORE: 'eventstoredb', VIEW_STORE: 'mongodb' });
    expect(message).toContain('EVENTSTORE_URL is needed');
    expect(message).toContain('MONGODB_URL is needed');
  });

  it.each(['localhost', '127.0.0.1', '127.0.0.2', '::1'])('listens on %s without a switch', (host) => {
    expect(readConfig({ HOST: host }).host).toBe(host);
  });

  it('writes down who looks at whom wherever people sign in', () => {
    expect(readConfig({}).accessLog).toBe(false);
    expect(readConfig({ ACCESS_LOG: 'on' }).accessLog).toBe(true);
    expect(readConfig({ AUTH: 'demo' }).accessLog).toBe(true);
    expect(() => readConfig({ AUTH: 'demo', ACCESS_LOG: 'off' })).toThrow(
      'ACCESS_LOG can be off only where nobody signs in',
    );
  });
});
