import { describe, expect, it } from '@jest/globals';
import { KEY_TYPE } from './signed-note.js';
import { SigningKey } from './signing-key.js';
import { readWitnessPlaces } from './witness-places.js';

const key = SigningKey.ephemeral().publicKey.forNotes('arkiv.example/fok', KEY_TYPE.cosignature);

describe('witnesses in a setting', () => {
  it('are folders, witnesses with their key, and authorities with their roots', () => {
    expect(
      readWitnessPlaces(`folder:/mnt/a  https://arkiv.example/w/#${key} tsa:https://tsa.example/tsr#/etc/r.pem`),
    ).toMatchObject([
      { kind: 'FOLDER', name: 'folder:/mnt/a', path: '/mnt/a' },
      { kind: 'WITNESS', name: 'arkiv.example/fok', url: 'https://arkiv.example/w/' },
      { kind: 'TIME_STAMPS', name: 'tsa:tsa.example', url: 'https://tsa.example/tsr', roots: '/etc/r.pem' },
    ]);
    expect(readWitnessPlaces(`http://127.0.0.1:8420/#${key}`)).toHaveLength(1);
    expect(readWitnessPlaces('')).toEqual([]);
  });

  it.each([
    [`http://arkiv.example/#${key}`, /http for this machine only/],
    ['https://arkiv.example/', /must name the key of arkiv.example/],
    [`https://arkiv.example/#${SigningKey.ephemeral().publicKey.forNotes('log')}`, /must name the key/],
    ['tsa:https://tsa.example/', /must name the root certificates/],
    ['folder:', /must name a path/],
    ['ftp://x', /must hold folder:PATH/],
    ['folder:/a folder:/a', /twice/],
  ])('%s is refused in words', (text, why) => expect(readWitnessPlaces(text)).toMatch(why));
});
