import { setTimeout as sleep } from 'node:timers/promises';
import { type Metadata, type ServerInterceptor, ServerInterceptingCall } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Conduct } from './releases.js';
import type { Right, Rights } from './rights.js';
import type { AppendOutcome, Expected, ProposedEvent, ServerLog } from './server-log.js';
import { denied, type Failure, initialMetadata, unauthenticated } from './wire.js';

/** What is asked for: `append STREAM`, `read $all` … */
export interface Demand {
  readonly verb: 'append' | 'read' | 'subscribe' | 'delete' | 'tombstone';
  readonly right: Right;
  readonly stream: string;
}

/** A node of the server, as its calls know it. */
export class Node {
  constructor(
    readonly log: ServerLog,
    readonly conduct: Conduct,
    readonly faults: Faults,
    readonly ledger: Ledger,
    /** None on a node without users, where everybody may do everything. */
    private readonly rights: Rights | undefined,
    private readonly die: () => void,
  ) {}

  /** Looks at a call when it has arrived. @returns how it is refused, if it is */
  async enter(metadata: Metadata, { verb, right, stream }: Demand): Promise<Failure | undefined> {
    const what = `${verb} ${stream}`;
    this.ledger.count(this.ledger.asked, what);
    await this.faults.arrival();
    const refusal = this.faults.refusalOf(what);
    if (refusal || !this.rights) return refusal;
    const roles = this.rights.who(authorizationOf(metadata));
    if (roles === 'unknown') return unauthenticated();
    return this.rights.allows(roles, right, stream) ? undefined : denied();
  }

  /** Stores an append. @returns undefined when nothing will ever be answered */
  async append(
    stream: string,
    expected: Expected,
    proposed: readonly ProposedEvent[],
  ): Promise<AppendOutcome | undefined> {
    const { faults } = this;
    await faults.turnOf(stream);
    if (faults.full) return this.fall();
    const { loss } = faults;
    faults.loss = undefined;
    if (loss === 'append') return this.fall();
    const outcome = this.log.append(stream, expected, proposed);
    await faults.frozen;
    if (faults.flushMs > 0) await sleep(faults.flushMs);
    return loss === 'answer' ? this.fall() : outcome;
  }

  /** Notes that a message of a read or a subscription goes out. */
  async sending(): Promise<void> {
    const { faults, ledger } = this;
    ledger.messages++;
    if (faults.messageMs > 0) await sleep(faults.messageMs);
    if (--faults.messagesLeft === 0) faults.onSent();
  }

  /** Counts calls, turns away whoever is not known, whatever they ask, and puts before every answer what Kestrel does. */
  doorkeeper(): ServerInterceptor {
    return (method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMetadata: (metadata, forward) => {
              this.ledger.count(this.ledger.calls, method.path.split('/').at(-1)!);
              if (this.rights?.who(authorizationOf(metadata)) === 'unknown') call.sendStatus(unauthenticated());
              else forward(metadata);
            },
          }),
        sendMetadata: (_, next) => next(initialMetadata()),
        sendStatus: (status, next) => next(status.code === 0 ? { ...status, details: '' } : status),
      });
  }

  private fall(): undefined {
    this.die();
    return undefined;
  }
}

function authorizationOf(metadata: Metadata): string | undefined {
  return metadata.get('authorization')[0]?.toString();
}
