import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 (Certificate Transparency) §2.1 over leaf hashes. A proof is a list of hashes; whoever
 * has it, the leaf and a root needs nothing else of the tree.
 */
export type Hash = Uint8Array;

const HASH_BYTES = 32;
const leafRoom = Buffer.alloc(1 + HASH_BYTES, 0);
const nodeRoom = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** The hash of a leaf: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Hash {
  if (entry.length !== HASH_BYTES) return hash('sha256', Buffer.concat([leafRoom.subarray(0, 1), entry]), 'buffer');
  leafRoom.set(entry, 1);
  return hash('sha256', leafRoom, 'buffer');
}

/** The hash over two subtrees: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  nodeRoom.set(left, 1);
  nodeRoom.set(right, 1 + HASH_BYTES);
  return hash('sha256', nodeRoom, 'buffer');
}

/** The root over an empty log: SHA-256 of nothing. */
export function emptyRoot(): Hash {
  return hash('sha256', '', 'buffer');
}

/**
 * A tree as far as its proofs need it: the root over the leaves [from, to), which lie under one node or at the right
 * edge.
 */
export type SubtreeRoot = (from: number, to: number) => Hash;

/** The root over leaf hashes, or over the roots of complete subtrees of equal size (the last may be smaller). */
export function rootOf(hashes: readonly Hash[], from = 0, to = hashes.length): Hash {
  if (from === to) return emptyRoot();
  if (to - from === 1) return hashes[from]!;
  const middle = from + split(to - from);
  return nodeHash(rootOf(hashes, from, middle), rootOf(hashes, middle, to));
}

/** The audit path PATH(index, D[0:size]): from the leaf's sibling up to the root. */
export function inclusionProof(index: number, size: number, subtree: SubtreeRoot): Hash[] {
  const path: Hash[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      path.push(subtree(middle, to));
      to = middle;
    } else {
      path.push(subtree(from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/** Whether a leaf stands at an index of the tree with this size and root (RFC 9162 §2.1.3.2). */
export function isIncluded(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (index < 0 || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && same(hash, root);
}

/** The proof PROOF(older, D[0:newer]) that the tree of the older size is a beginning of the newer one. */
export function consistencyProof(older: number, newer: number, subtree: SubtreeRoot): Hash[] {
  if (older === 0 || older === newer) return [];
  const path: Hash[] = [];
  let [from, to, whole] = [0, newer, true];
  while (older !== to) {
    const middle = from + split(to - from);
    if (older <= middle) {
      path.push(subtree(middle, to));
      to = middle;
    } else {
      path.push(subtree(from, middle));
      from = middle;
      whole = false;
    }
  }
  if (!whole) path.push(subtree(from, to));
  return path.reverse();
}

/** Whether the older tree is a beginning of the newer one (RFC 9162 §2.1.4.2). */
export function isConsistent(
  older: number,
  olderRoot: Hash,
  newer: number,
  newerRoot: Hash,
  proof: readonly Hash[],
): boolean {
  if (older === 0) return newer >= 0 && proof.length === 0;
  if (older > newer) return false;
  if (older === newer) return proof.length === 0 && same(olderRoot, newerRoot);
  let [node, last] = [older - 1, newer - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const [seed, ...rest] = node === 0 ? [olderRoot, ...proof] : proof;
  if (!seed) return false;
  let [first, second] = [seed, seed];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      first = nodeHash(sibling, first);
      second = nodeHash(sibling, second);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else second = nodeHash(second, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && same(first, olderRoot) && same(second, newerRoot);
}

/** Whether two hashes are the same. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** The largest power of two that is smaller than n: where the tree over n leaves is cut in two. */
export function split(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

function half(n: number): number {
  return Math.floor(n / 2);
}
