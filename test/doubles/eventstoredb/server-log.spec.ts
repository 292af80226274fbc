import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ServerLog } from './server-log.js';

function events(count: number, type = 'Happened', data = '{}') {
  return Array.from({ length: count }, () => ({
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(data),
    metadata: new Uint8Array(),
  }));
}

function logWith(stream: string, count: number, metadata?: string): ServerLog {
  const log = new ServerLog();
  log.append(stream, 'no_stream', events(count));
  if (metadata !== undefined) log.append(`$$${stream}`, 'any', events(1, '$metadata', metadata));
  return log;
}

const revisions = (log: ServerLog, stream: string) => {
  const seen = log.visible(stream);
  return Array.isArray(seen) ? seen.map(({ revision }) => Number(revision)) : seen;
};
const inLog = (log: ServerLog, stream: string) =>
  log.events.filter((event) => event.stream === stream).map(({ revision }) => Number(revision));

describe('the log of the double', () => {
  it.each([
    ['truncated', '{"$tb":3}', [3, 4], [3, 4]],
    ['truncated past its end', '{"$tb":9}', [], [4]],
    ['limited in number', '{"$maxCount":2}', [3, 4], [3, 4]],
    ['limited in age', '{"$maxAge":-1}', [], [4]],
    ['not limited', '{"$maxAge":100}', [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]],
  ])(
    'shows of a stream that is %s what is left, and $all shows all of it until a scavenge',
    (_, metadata, seen, left) => {
      const log = logWith('s', 5, metadata);
      expect(revisions(log, 's')).toEqual(seen);
      expect(inLog(log, 's')).toEqual([0, 1, 2, 3, 4]);
      log.scavenge();
      expect(inLog(log, 's')).toEqual(left);
      expect(revisions(log, 's')).toEqual(seen);
      expect(log.append('s', 4n, events(1))).toMatchObject({ kind: 'written', revision: 5n });
    },
  );

  it('deletes a stream by a truncation in its metadata, which a later append moves', () => {
    const log = logWith('s', 3);
    log.remove('s', 'any', false);
    expect(revisions(log, 's')).toBeUndefined();
    expect(log.lastOf('$$s')?.data.toString()).toBe('{"$tb":9223372036854775807}');
    expect(log.append('s', 'no_stream', events(1))).toMatchObject({ kind: 'written', revision: 3n });
    expect(log.lastOf('$$s')?.data.toString()).toBe('{"$tb":3}');
    expect(revisions(log, 's')).toEqual([3]);
    log.scavenge();
    expect(inLog(log, 's')).toEqual([3]);
    expect(inLog(log, '$$s')).toEqual([1]);
  });

  it('keeps other metadata when it deletes', () => {
    const log = logWith('s', 3, '{"$acl":{"$r":"x"}}');
    log.remove('s', 'any', false);
    expect(log.metadataOf('s')).toEqual({ $acl: { $r: 'x' }, $tb: Number(2n ** 63n - 1n) });
  });

  it('leaves of a tombstoned stream the tombstone', () => {
    const log = logWith('s', 3);
    log.remove('s', 'any', true);
    log.scavenge();
    expect([revisions(log, 's'), log.events.map(({ type }) => type)]).toEqual(['deleted', ['$streamDeleted']]);
  });

  it('finds from a position that was scavenged the next event, and from one where none stood nothing', () => {
    const log = logWith('s', 5);
    const [first, , third] = log.events.map(({ position }) => position);
    log.append('$$s', 'any', events(1, '$metadata', '{"$tb":2}'));
    log.scavenge();
    expect(log.events[log.indexAt(first!)!]!.position).toBe(third);
    expect(log.indexAt(first! + 1n)).toBeUndefined();
  });

  it('knows an append again after a scavenge', () => {
    const log = logWith('s', 2);
    const again = events(2);
    log.append('s', 1n, again);
    log.append('$$s', 'any', events(1, '$metadata', '{"$tb":2}'));
    log.scavenge();
    expect(log.append('s', 1n, again)).toMatchObject({ kind: 'written', revision: 3n });
  });

  it('holds 300,000 events of others', () => {
    const log = new ServerLog();
    log.addOthers(300_000);
    expect([log.events.length, log.events.at(-1)!.revision]).toEqual([300_000, 299_999n]);
  });
});
