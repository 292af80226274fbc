import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type NoteForm, writePlainCheckpoint } from './checkpoint-text.js';
import { readCheckpoint, signCheckpoint, toHex, writeCheckpoint, writeOwnCheckpoint } from './checkpoint.js';
import { cosign, cosignedAt, readWitnessKey } from './cosignature.js';
import { consistencyProof, type Hash, leafHash, rootOf } from './merkle.js';
import { KEY_TYPE, readNote } from './signed-note.js';
import { SigningKey } from './signing-key.js';
import { decideWitness, readAddCheckpoint, type Witnessed, writeAddCheckpoint } from './witness.js';

const key = SigningKey.ephemeral();
const ORIGIN = 'fok/7d0f6b0e-0000-4000-8000-000000000001';
const log = { origin: ORIGIN, key: key.publicKey };
const leaf = (index: number, of = 'log'): Hash => leafHash(Buffer.from(`${of} ${index}`.padEnd(32)));
const leaves = (size: number, of?: string): Hash[] => Array.from({ length: size }, (_, index) => leaf(index, of));

function checkpoint(size: number, of?: string): NoteForm {
  return {
    v: 2,
    origin: ORIGIN,
    register: ORIGIN.slice(4),
    size,
    root: toHex(rootOf(leaves(size, of))),
    lastEvent: '30fea04a-5826-45ec-a39c-4004cdfeedf0',
    lastPosition: String(size),
    at: '2026-11-30T10:00:00.000Z',
    keyId: key.publicKey.id,
  };
}

const noteOf = (size: number, of?: string, by = key): string =>
  writeOwnCheckpoint(signCheckpoint(checkpoint(size, of), by));
const witnessed = (size: number): Witnessed => ({ size, root: checkpoint(size).root, note: noteOf(size) });
const proofOf = (older: number, newer: number, of?: string): Hash[] =>
  consistencyProof(older, newer, (from, to) => rootOf(leaves(newer, of), from, to));

describe('a witness', () => {
  it('cosigns what it sees first, and what goes on from there, whatever the sizes', () => {
    expect(decideWitness({ oldSize: 0, proof: [], note: noteOf(3) }, log, undefined)).toMatchObject({ kind: 'COSIGN' });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 70 }), (older, more) => {
        const newer = older + more;
        const asked = { oldSize: older, proof: proofOf(older, newer), note: noteOf(newer) };
        expect(decideWitness(asked, log, witnessed(older))).toMatchObject({ kind: 'COSIGN', next: { size: newer } });
        expect(readAddCheckpoint(writeAddCheckpoint(asked))).toEqual(asked);
      }),
    );
  });

  it.each([
    ['a log that nobody named', { note: noteOf(5), log: undefined }, 'UNKNOWN_LOG'],
    ['a note that another key signed', { note: noteOf(5, undefined, SigningKey.ephemeral()) }, 'NOT_SIGNED'],
    ['a note that was changed', { note: noteOf(5).replace('\n5\n', '\n6\n') }, 'NOT_SIGNED'],
    ['what is no note', { note: 'fok\n5\n' }, 'BAD_REQUEST'],
    ['a proof from beyond the checkpoint', { note: noteOf(5), oldSize: 6 }, 'BAD_REQUEST'],
    ['a proof from elsewhere', { note: noteOf(5), oldSize: 3, proof: proofOf(3, 5) }, 'OTHER_SIZE'],
    ['a log that is shorter than it was', { note: noteOf(3), oldSize: 3 }, 'ROLLED_BACK'],
    ['another log of that length', { note: noteOf(4, 'fork') }, 'FORKED'],
    ['another log that goes on', { note: noteOf(9, 'fork'), proof: proofOf(4, 9, 'fork') }, 'NOT_CONTINUED'],
    ['a proof that was made up', { note: noteOf(9), proof: proofOf(4, 9).slice(1) }, 'NOT_CONTINUED'],
  ])('does not cosign %s', (_, { note, oldSize = 4, proof = [], ...given }: Asked, kind) => {
    const known = 'log' in given ? given.log : log;
    expect(decideWitness({ note, oldSize, proof }, known, witnessed(4)).kind).toBe(kind);
  });

  it('signs with its time, and nobody can take its signature for another note, witness or time', () => {
    const own = SigningKey.ephemeral();
    const published = readWitnessKey(own.publicKey.forNotes('arkiv.example', KEY_TYPE.cosignature))!;
    expect(published.name).toBe('arkiv.example');
    expect(readWitnessKey(own.publicKey.forNotes('arkiv.example'))).toBeUndefined();
    const line = cosign(noteOf(4), 'arkiv.example', own, 1_796_000_000);
    expect(cosignedAt(noteOf(4), line, published)).toBe(1_796_000_000);
    expect(cosignedAt(noteOf(5), line, published)).toBeUndefined();
    expect(cosignedAt(noteOf(4), line, { ...published, name: 'other.example' })).toBeUndefined();
    expect(cosignedAt(noteOf(4), line, { ...published, key: SigningKey.ephemeral().publicKey })).toBeUndefined();
    const cosigned = { ...readCheckpoint(noteOf(4))!, cosignatures: [line] };
    expect(readCheckpoint(writeCheckpoint(cosigned))).toEqual(cosigned);
    expect(cosignedAt(writeCheckpoint(cosigned), line, published)).toBe(1_796_000_000);
  });

  it('and a register read notes to the letter', () => {
    const note = noteOf(4);
    expect(readNote(note)?.text).toBe(writePlainCheckpoint(checkpoint(4)));
    expect(note.split('\n').slice(0, 2)).toEqual([ORIGIN, '4']);
    for (const spoilt of [note.slice(0, -1), note.replace('\u2014', '-'), `${note}\n`, note.replace('\n4\n', '\n04\n')])
      expect(readCheckpoint(spoilt)).toBeUndefined();
  });
});

interface Asked {
  readonly note: string;
  readonly oldSize?: number;
  readonly proof?: readonly Hash[];
  readonly log?: typeof log | undefined;
}
