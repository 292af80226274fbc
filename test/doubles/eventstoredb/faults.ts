/** What can go wrong with a server, as it can be asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { denied, type Failure, failure, unauthenticated } from './wire.js';

/** `unauthenticated`: the user is not known. `denied`: may not. `not ready`: a node that starts. `unknown`: an error without a name. */
export type Refusal = 'unauthenticated' | 'denied' | 'not ready' | 'unknown';

const REFUSALS: Readonly<Record<Refusal, () => Failure>> = {
  unauthenticated,
  denied,
  'not ready': () => failure(status.UNAVAILABLE, 'Server not ready', {}),
  unknown: () => failure(status.UNKNOWN, 'Exception was thrown by handler.', {}),
};

/** What happens to the next append: it is stored and its answer lost, or lost itself. */
export type Loss = 'answer' | 'append';

export class Faults {
  /** How long a call is on its way before it is looked at, in milliseconds. */
  callMs = 0;
  /** How long each message of a read takes. */
  messageMs = 0;
  /** How long an append takes to reach the disk that is not there. */
  flushMs = 0;
  /** Appends of different streams wait up to so long, each by chance, before they are stored: any order is theirs. */
  disorderMs = 0;
  /** As with a full disk: an append is not stored, and the server ends, however often it is started. */
  full = false;
  frozen: Promise<void> = Promise.resolve();
  loss: Loss | undefined;
  /** After so many more messages of reads and subscriptions, {@link onSent} is called. */
  messagesLeft = Infinity;
  onSent: () => void = () => undefined;
  private readonly refusals = new Set<{ readonly how: Refusal; readonly only: RegExp }>();
  private readonly turns = new Map<string, Promise<unknown>>();

  /** @param only of what is asked, by the names of the ledger. @returns what ends it */
  refuse(how: Refusal, only: RegExp): () => void {
    const refusal = { how, only };
    this.refusals.add(refusal);
    return () => this.refusals.delete(refusal);
  }

  /** What a call is answered before it is looked at. */
  refusalOf(what: string): Failure | undefined {
    for (const { how, only } of this.refusals) if (only.test(what)) return REFUSALS[how]();
    return undefined;
  }

  /** Waits as long as a call is on its way, and while the server is frozen. */
  async arrival(): Promise<void> {
    if (this.callMs > 0) await sleep(this.callMs);
    await this.frozen;
  }

  /** Waits until it is an append's turn: those of one stream keep their order. */
  async turnOf(stream: string): Promise<void> {
    if (this.disorderMs <= 0) return;
    const turn = (this.turns.get(stream) ?? Promise.resolve()).then(() => sleep(Math.random() * this.disorderMs));
    this.turns.set(stream, turn);
    await turn;
    if (this.turns.get(stream) === turn) this.turns.delete(stream);
  }
}
