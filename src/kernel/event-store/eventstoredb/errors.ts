import { ErrorType, isCommandError } from '@eventstore/db-client';
import {
  AppendTooLarge,
  EventStoreError,
  EventStoreRefused,
  EventStoreUnavailable,
  EventStoreUnusable,
  StreamNotWhole,
} from '../event-store.js';

/** gRPC's RESOURCE_EXHAUSTED: a message beyond what the server takes at all. */
const MESSAGE_TOO_LARGE = 8;

/** The server reads its log only from where an event stands. */
export class NoEventThere extends EventStoreUnusable {
  constructor(cause: unknown) {
    super('no event stands at the position asked for', { cause });
  }
}

/** gRPC's UNAUTHENTICATED. */
const NOT_KNOWN = 16;

/** Who asked for what, for an error to say. */
export interface Question {
  readonly user: string;
  /** As what follows "may not": `read $all`. */
  readonly asked: string;
  readonly stream: string | undefined;
}

/**
 * What the client threw, as the port's error. While a server is down the client gives errors of three kinds (its own,
 * the transport's, and plain ones), and a server that is starting gives unknown ones: whatever is not known to be
 * permanent is EventStoreUnavailable. No message is passed on, because it may name a stream's content, but why no
 * connection could be made.
 */
export function asEventStoreError(error: unknown, { user, asked, stream }: Question): EventStoreError {
  if (error instanceof EventStoreError) return error;
  if (error instanceof Error && isCommandError(error)) {
    switch (error.type) {
      case ErrorType.ACCESS_DENIED:
        if (error.code === NOT_KNOWN)
          return new EventStoreRefused(`EventStoreDB does not know the user ${user}, or the password is another`, {
            cause: error,
          });
        return new EventStoreRefused(
          `EventStoreDB: the user ${user} may not ${asked}; see docs/how-to/run-it-on-servers.md`,
          {
            cause: error,
          },
        );
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        return new AppendTooLarge(`EventStoreDB takes ${error.maxAppendSize} bytes in one append`, { cause: error });
      case ErrorType.STREAM_DELETED:
        return new StreamNotWhole('STREAM_DELETED', stream ?? error.streamName);
      case ErrorType.INVALID_ARGUMENT:
      case ErrorType.UNSUPPORTED:
        return new EventStoreUnusable(
          'EventStoreDB does not understand this program: see which versions are supported',
          { cause: error },
        );
      case ErrorType.UNKNOWN:
        if (error.message.includes('Unexpected ReadAllResult')) return new NoEventThere(error);
        break;
      default:
    }
  }
  if (error instanceof Error && 'code' in error && error.code === MESSAGE_TOO_LARGE) {
    return new AppendTooLarge('the append is larger than EventStoreDB takes', { cause: error });
  }
  const why = error instanceof Error ? /Last error: (.+?)\. Resolution note:/.exec(error.message)?.[1] : undefined;
  return new EventStoreUnavailable(`EventStoreDB cannot be reached${why === undefined ? '' : `: ${why}`}`, {
    cause: error,
  });
}
