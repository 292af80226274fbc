import { PublicKey, type SigningKey } from '../../kernel/integrity/signing-key.js';
import { cosign } from '../../kernel/integrity/cosignature.js';
import { KEY_TYPE } from '../../kernel/integrity/signed-note.js';
import {
  decideWitness,
  isContradiction,
  originOfNote,
  readAddCheckpoint,
  type WitnessAnswer,
  type WitnessedLog,
} from '../../kernel/integrity/witness.js';
import type { Clock } from '../../kernel/time/clock.js';
import { WitnessError } from './witness-error.js';
import type { WitnessFile } from './witness-file.js';

/** An answer as it goes over HTTP. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const STATUS: Readonly<Record<Exclude<WitnessAnswer['kind'], 'COSIGN'>, number>> = {
  BAD_REQUEST: 400,
  NOT_SIGNED: 403,
  UNKNOWN_LOG: 404,
  OTHER_SIZE: 409,
  ROLLED_BACK: 409,
  FORKED: 409,
  NOT_CONTINUED: 422,
};

/** Cosigns what goes on from what it saw before, and keeps the last of each log. */
export class Witness {
  private readonly logs: ReadonlyMap<string, WitnessedLog>;

  /** @param name what it signs as */
  constructor(
    readonly name: string,
    private readonly key: SigningKey,
    logs: readonly WitnessedLog[],
    private readonly file: WitnessFile,
    private readonly clock: Clock,
  ) {
    this.logs = new Map(logs.map((log) => [log.origin, log]));
  }

  /** The key as those take it who trust this witness. */
  get publicKey(): string {
    return this.key.publicKey.forNotes(this.name, KEY_TYPE.cosignature);
  }

  /** Answers `POST add-checkpoint`: what is cosigned is kept first. */
  addCheckpoint(body: string): Answer {
    const asked = readAddCheckpoint(body);
    const origin = asked && originOfNote(asked.note);
    if (!asked || origin === undefined) return told(STATUS.BAD_REQUEST, 'no checkpoint');
    return this.file.atOnce(() => {
      const last = this.file.last(origin);
      const answer = decideWitness(asked, this.logs.get(origin), last);
      if (answer.kind === 'COSIGN') {
        this.file.keep(origin, answer.next);
        const seconds = Math.floor(Date.parse(this.clock.now()) / 1000);
        return told(200, cosign(asked.note, this.name, this.key, seconds));
      }
      if (last && isContradiction(answer)) {
        const at = this.clock.now();
        this.file.keepContradiction({ origin, kind: answer.kind, at, kept: last.note, shown: asked.note });
      }
      return answered(answer);
    });
  }
}

/**
 * The logs that a witness takes, a line each: the log's key as verifiers of notes take it, which begins with its origin.
 * Empty lines and those that begin with `#` say nothing.
 * @throws WitnessError naming the line that is none
 */
export function readWitnessedLogs(text: string): WitnessedLog[] {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, number }) => {
      const read = PublicKey.fromNotes(line);
      if (read?.type !== KEY_TYPE.ed25519)
        throw new WitnessError(`line ${number} of the list of logs is no key of a log`);
      return { origin: read.name, key: read.key };
    });
}

function answered(answer: Exclude<WitnessAnswer, { kind: 'COSIGN' }>): Answer {
  const status = STATUS[answer.kind];
  if (status !== 409 || !('size' in answer)) return told(status, answer.kind);
  return { status, type: 'text/x.tlog.size', body: `${answer.size}\n` };
}

function told(status: number, text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${text}\n` };
}
