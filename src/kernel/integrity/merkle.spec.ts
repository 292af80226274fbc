import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Hash,
  type SubtreeRoot,
  consistencyProof,
  emptyRoot,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
} from './merkle.js';

/** The inputs and roots of the reference implementation of Certificate Transparency (merkletree tests). */
const REFERENCE = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');
const leaves = (count: number): Hash[] =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
const subtreeOf =
  (hashes: readonly Hash[]): SubtreeRoot =>
  (from, to) =>
    rootOf(hashes, from, to);
const flip = (hash: Hash): Hash => Uint8Array.from(hash, (byte, index) => (index === 7 ? byte ^ 1 : byte));

describe('the Merkle tree of RFC 6962', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))('has the reference root over %i leaves', (size, root) => {
    expect(hex(rootOf(REFERENCE.slice(0, size).map((entry) => leafHash(Buffer.from(entry, 'hex')))))).toBe(root);
  });

  it('has the hash of nothing as the root over no leaves', () => {
    expect(hex(emptyRoot())).toBe(ROOTS[0]);
  });

  it('has the same root when complete subtrees are joined instead of leaves', () => {
    const all = leaves(1100);
    const tiles = Array.from({ length: 5 }, (_, tile) => rootOf(all, tile * 256, Math.min(1100, tile * 256 + 256)));
    expect(hex(rootOf(tiles))).toBe(hex(rootOf(all)));
  });

  it('proves each leaf of each size, and nothing else', () => {
    for (let size = 1; size <= 33; size++) {
      const all = leaves(size);
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, subtreeOf(all));
        expect(isIncluded(all[index]!, index, size, proof, rootOf(all))).toBe(true);
        expect(isIncluded(flip(all[index]!), index, size, proof, rootOf(all))).toBe(false);
        expect(isIncluded(all[index]!, (index + 1) % size, size, proof, rootOf(all))).toBe(size === 1);
        expect(isIncluded(all[index]!, index, size, [...proof, all[0]!], rootOf(all))).toBe(false);
      }
    }
  });

  it('proves that each size is a beginning of each larger one, and that another history is not', () => {
    for (let newer = 1; newer <= 33; newer++) {
      const all = leaves(newer);
      for (let older = 1; older <= newer; older++) {
        const beginning = all.slice(0, older);
        const proof = consistencyProof(older, newer, subtreeOf(all));
        expect(isConsistent(older, rootOf(beginning), newer, rootOf(all), proof)).toBe(true);
        const other = [...beginning.slice(0, -1), flip(beginning.at(-1)!)];
        expect(isConsistent(older, rootOf(other), newer, rootOf(all), proof)).toBe(false);
      }
    }
  });

  it('does not take a proof of which a bit was flipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 600 }), fc.nat(), fc.nat(), (size, which, where) => {
        const all = leaves(size);
        const index = which % size;
        const proof = inclusionProof(index, size, subtreeOf(all));
        const changed = proof.map((hash, at) => (at === where % proof.length ? flip(hash) : hash));
        expect(isIncluded(all[index]!, index, size, changed, rootOf(all))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
