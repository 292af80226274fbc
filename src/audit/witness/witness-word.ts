import { type SignedCheckpoint, writeOwnCheckpoint } from '../../kernel/integrity/checkpoint.js';
import { cosignedAt, type WitnessKey } from '../../kernel/integrity/cosignature.js';
import type { Finding } from '../verify/finding.js';
import type { Receipts } from './receipts.js';

/** A witness that somebody trusts, and the largest checkpoint of this log that it signed. */
export interface WitnessWord {
  readonly name: string;
  readonly size: number;
  /** When it signed, RFC 3339 in UTC. */
  readonly at: string;
}

/** When a witness cosigned a checkpoint; undefined when none of the lines beside it is that. */
export function witnessWord(
  signed: SignedCheckpoint,
  lines: readonly string[],
  key: WitnessKey,
): WitnessWord | undefined {
  const note = writeOwnCheckpoint(signed);
  for (const line of lines) {
    const seconds = cosignedAt(note, line, key);
    if (seconds !== undefined)
      return { name: key.name, size: signed.checkpoint.size, at: new Date(seconds * 1000).toISOString() };
  }
  return undefined;
}

/**
 * What trusted witnesses say of a register's checkpoints. Their word is kept beside the seals, and counts only where it
 * confirms the checkpoint that lies there: whoever wrote the log anew, with its own key, has no such word.
 * @param checkpoints all that there are, with the cosignatures that came with them
 */
export function witnessWords(
  checkpoints: readonly SignedCheckpoint[],
  receipts: Receipts | undefined,
  keys: readonly WitnessKey[],
): { readonly words: readonly WitnessWord[]; readonly findings: readonly Finding[] } {
  const words: WitnessWord[] = [];
  const findings: Finding[] = [];
  for (const key of keys) {
    const found = checkpoints.flatMap((signed) => {
      const kept = receipts?.of(signed.checkpoint.size).get(key.name)?.receipt;
      const lines = [...(signed.cosignatures ?? []), ...(kept ? [Buffer.from(kept).toString('utf8')] : [])];
      const word = witnessWord(signed, lines, key);
      if (!word && kept)
        findings.push({
          code: 'WITNESS_CONTRADICTS',
          message: `what ${key.name} signed over ${signed.checkpoint.size} events is not the checkpoint that lies there: the log was written anew since`,
        });
      return word ? [word] : [];
    });
    const last = found.toSorted((one, other) => other.size - one.size)[0];
    if (last) words.push(last);
    else findings.push({ code: 'NOT_WITNESSED', message: `there is no checkpoint that ${key.name} signed` });
  }
  return { words, findings };
}
