import { setTimeout as sleep } from 'node:timers/promises';
import { onlyDuplicates } from '../../mongodb/failures.js';
import type { ClaimRow } from '../key-records.js';
import type { Claim } from '../key-store.js';
import { KeyStoreError } from '../key-store-error.js';
import { BY_SUBJECT, type ClaimDocument, type MongoKeys, tokenText } from './mongo-keys.js';

const AT_A_TIME = 1_000;
/** So long who was first may not be told by a majority yet. */
const PATIENCE_MS = 10_000;

type Claims = MongoKeys['claims'];

/** Unless somebody else has it, the row's subject gets it. @returns who has it */
export async function claim(claims: Claims, { token, subject, at }: ClaimRow): Promise<Claim> {
  const _id = tokenText(token);
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(20)) {
    try {
      await claims.insertOne({ _id, subject, at });
      return { subject, at };
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
    }
    const again = await claims.updateOne({ _id, subject }, { $set: { at } });
    if (again.matchedCount === 1) return { subject, at };
    const found = await claims.findOne({ _id });
    if (found) return { subject: found.subject, at: found.at };
    // It was given up in between, or whoever was first is not known to a majority yet.
    if (performance.now() >= end) throw new KeyStoreError('KEY_STORE_UNAVAILABLE', 'a claim cannot be read back');
  }
}

/** Claims many: what somebody has already stays theirs. */
export async function claimAll(claims: Claims, rows: readonly ClaimRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_A_TIME) {
    const some = rows
      .slice(at, at + AT_A_TIME)
      .map(({ token, subject, at: taken }) => ({ _id: tokenText(token), subject, at: taken }));
    try {
      await claims.insertMany(some, { ordered: false });
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
    }
  }
}

/** The rows of those that somebody has. */
export async function holders(claims: Claims, tokens: readonly Uint8Array[]): Promise<ClaimRow[]> {
  const found: ClaimDocument[] = [];
  for (let at = 0; at < tokens.length; at += AT_A_TIME) {
    const some = tokens.slice(at, at + AT_A_TIME).map(tokenText);
    found.push(...(await claims.find({ _id: { $in: some } }).toArray()));
  }
  return found.map(rowOf);
}

/** @returns false when the row was not there as given */
export async function moveClaim(claims: Claims, { token, subject, at }: ClaimRow, to: Claim): Promise<boolean> {
  const { matchedCount } = await claims.updateOne(
    { _id: tokenText(token), subject, at },
    { $set: { subject: to.subject, at: to.at } },
  );
  return matchedCount === 1;
}

export async function dropClaims(claims: Claims, subject: string, kept: readonly Uint8Array[]): Promise<void> {
  const found = await claims.find({ subject }, { hint: BY_SUBJECT }).toArray();
  const stay = new Set(kept.map(tokenText));
  const dropped = found.map(({ _id }) => _id).filter((id) => !stay.has(id));
  if (dropped.length > 0) await claims.deleteMany({ _id: { $in: dropped }, subject });
}

/** All of them, some at a time. */
export async function* allClaims(claims: Claims): AsyncGenerator<ClaimRow[]> {
  for (let after = ''; ;) {
    const found = await claims.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: AT_A_TIME }).toArray();
    const last = found.at(-1);
    if (!last) return;
    after = last._id;
    yield found.map(rowOf);
  }
}

function rowOf({ _id, subject, at }: ClaimDocument): ClaimRow {
  return { token: Buffer.from(_id, 'base64'), subject, at };
}
