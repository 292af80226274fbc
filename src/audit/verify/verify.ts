import type { Disturbance, EventStore } from '../../kernel/event-store/event-store.js';
import { type Checkpoint, fromHex, isSigned, type SignedCheckpoint } from '../../kernel/integrity/checkpoint.js';
import { same } from '../../kernel/integrity/merkle.js';
import { leafOf } from '../../kernel/integrity/leaf.js';
import type { PublicKey } from '../../kernel/integrity/signing-key.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import type { WitnessWord } from '../witness/witness-word.js';
import { type Finding, type FindingCode, Findings } from './finding.js';
import { type Backwards, LogPart, type Part, type PartResult, type PassedOver } from './log-part.js';
import { checkSeals } from './seal-check.js';

export interface VerifyOptions {
  readonly store: EventStore;
  /** The seals beside the log; without them the tree is made from the log, and a difference has no position. */
  readonly tree?: TreeFile;
  readonly publicKey: PublicKey;
  /** A checkpoint that somebody else kept. */
  readonly against?: SignedCheckpoint;
  /** What was signed last, as it lies with the signing key. */
  readonly head?: SignedCheckpoint;
  /** What is wrong already before the log is read. */
  readonly known?: readonly Finding[];
  /** The first position, default the log's first. Needs a store whose positions have no gaps. */
  readonly from?: bigint;
  /** The last position, default the log's last. */
  readonly to?: bigint;
  /** Verifies a part elsewhere, e.g. in a worker thread; several at once. Default: here, one after another. */
  readonly elsewhere?: {
    readonly workers: number;
    verify(part: Part, onProgress: (events: number) => void): Promise<PartResult>;
  };
  /** Called with the number of events verified so far, and of all. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface VerifyReport {
  /** True when nothing was found. */
  readonly ok: boolean;
  readonly checked: number;
  /** The first findings, in log order; `count` says how many there are. */
  readonly findings: readonly Finding[];
  readonly count: number;
  /** Events whose time lies a little before that of one before them: clocks differ, and nothing rests on it. */
  readonly backwards: Backwards;
  /** The checkpoint the log was compared with. */
  readonly checkpoint?: Checkpoint;
  /** Of the events that were verified so many are under that checkpoint … */
  readonly sealed: number;
  /** … and so many are not: that they are all there, and in this order, nobody vouches for yet. */
  readonly unsealed: number;
  /** The checkpoint that somebody else kept, and whether the log is the one that it was signed over. */
  readonly against?: ComparedWith;
  /** What the witnesses say whose keys were given. */
  readonly witnessed?: readonly WitnessWord[];
  readonly milliseconds: number;
}

/** A checkpoint that was kept elsewhere, as the log was compared with it. */
export interface ComparedWith {
  /** Over how many events it was signed, when, and which root it gives them. */
  readonly size: number;
  readonly at: string;
  readonly root: string;
  /** True when its signature is the register's and the log's first events have its root. */
  readonly agrees: boolean;
}

/** Findings by which the log is another one than what was sealed. */
const OTHER_LOG: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'CHANGED',
  'CUT_OFF',
  'INSERTED',
  'MISSING',
  'NOT_AS_SEALED',
  'REORDERED',
  'UNREADABLE',
]);

/**
 * Verifies a log: every event's bytes against its hash and the one before it in its stream, what the store keeps beside
 * them, and what was sealed against the tree. It reads the log once.
 * @throws EventStoreError when the log cannot be read, RangeError for a part that is none, or one of a log whose
 * positions have gaps
 */
export async function verifyLog(options: VerifyOptions): Promise<VerifyReport> {
  const started = performance.now();
  const { store, against, head: kept, publicKey, known = [] } = options;
  const findings = new Findings();
  for (const finding of known) findings.add(finding);
  const disturbances = (await store.disturbances?.()) ?? [];
  for (const { code, position, stream, message } of disturbances) findings.add({ code, position, stream, message });
  const elsewhereKept = [against, kept].filter((signed) => signed !== undefined);
  const tree = options.tree ?? (elsewhereKept.length > 0 ? await treeOf(store) : undefined);
  const seal = tree && checkSeals(tree, publicKey, elsewhereKept, findings);
  const sealed = Math.min(seal?.checkpoint.size ?? 0, tree?.end()?.size ?? 0);

  const head = await store.head();
  assertPart(options, head);
  const after = (options.from ?? 1n) - 1n;
  const to = max(after, options.to !== undefined && options.to < head ? options.to : head);
  if (!store.gapless && options.from !== undefined && options.from > 1n)
    throw new RangeError('a part can be verified only in a store whose positions have no gaps');
  const whole: Part = { after, to, index: store.gapless ? Number(after) : 0, sealed, last: to >= head };

  let done = 0;
  const all = store.gapless ? Number(to - after) : await store.count(to);
  const progress = (events: number): void => {
    done += events;
    options.onProgress?.(done, all);
  };
  const { elsewhere } = options;
  const results =
    elsewhere && store.gapless
      ? await Promise.all(cut(whole, elsewhere.workers).map((part) => elsewhere.verify(part, progress)))
      : [await new LogPart(store, tree, whole, passedOver(disturbances)).verify(progress)];

  for (const result of results) {
    for (const finding of result.findings) findings.add(finding);
    findings.count += result.count - result.findings.length;
  }
  if (seal && to >= head && seal.checkpoint.size > sealed) {
    findings.add({
      code: 'CUT_OFF',
      position: head,
      message: `${seal.checkpoint.size - sealed} event(s) that the checkpoint vouches for are missing after position ${head}`,
    });
  }
  const checked = results.reduce((sum, result) => sum + result.checked, 0);
  const under = Math.max(0, Math.min(checked, sealed - whole.index));
  return {
    ok: findings.count === 0,
    checked,
    findings: findings.kept,
    count: findings.count,
    backwards: {
      count: results.reduce((sum, { backwards }) => sum + backwards.count, 0),
      most: Math.max(0, ...results.map(({ backwards }) => backwards.most)),
    },
    ...(seal && { checkpoint: seal.checkpoint }),
    ...(against && tree ? { against: comparedWith(against, tree, publicKey, findings) } : {}),
    sealed: under,
    unsealed: checked - under,
    milliseconds: performance.now() - started,
  };
}

function comparedWith(signed: SignedCheckpoint, tree: TreeFile, key: PublicKey, findings: Findings): ComparedWith {
  const { size, at, root } = signed.checkpoint;
  const [found] = size <= (tree.end()?.size ?? 0) ? tree.rootsAt([size]) : [];
  const isThis = found !== undefined && same(found, fromHex(root)) && isSigned(signed, key);
  const whole = findings.count === findings.kept.length && !findings.kept.some(({ code }) => OTHER_LOG.has(code));
  return { size, at, root, agrees: isThis && whole };
}

/** A part without an event would be verified in any log. @throws RangeError */
function assertPart({ from, to }: Pick<VerifyOptions, 'from' | 'to'>, head: bigint): void {
  if (from !== undefined && from < 1n) throw new RangeError('positions begin with 1');
  if (to !== undefined && to < (from ?? 1n)) throw new RangeError(`there is no position from ${from ?? 1n} to ${to}`);
  if (from !== undefined && from > head)
    throw new RangeError(`the log ends at position ${head}: there is nothing from ${from} on`);
}

/** Which revisions of which streams are somebody else's. */
function passedOver(disturbances: readonly Disturbance[]): PassedOver {
  const theirs = new Set(disturbances.map(({ stream, revision }) => `${stream}@${revision}`));
  return (stream, revision) => theirs.has(`${stream}@${revision}`);
}

function max(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

/** Parts of about equal size. */
function cut(whole: Part, parts: number): Part[] {
  const size = (whole.to - whole.after) / BigInt(parts) + 1n;
  const result: Part[] = [];
  for (let after = whole.after; after < whole.to || result.length === 0; after += size) {
    const to = after + size < whole.to ? after + size : whole.to;
    result.push({ ...whole, after, to, index: Number(after), last: whole.last && to === whole.to });
  }
  return result;
}

/** The tree of a log whose seals are not at hand. */
async function treeOf(store: EventStore): Promise<TreeFile> {
  const tree = TreeFile.open(':memory:');
  for (;;) {
    const end = tree.end();
    const page = await store.readLog({ from: end?.position ?? 0n, limit: 5000 });
    if (page.length === 0) return tree;
    tree.append(
      end?.size ?? 0,
      page.map((record) => ({ hash: leafOf(record), position: record.position, event: record.id })),
    );
  }
}
