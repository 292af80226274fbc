import { ErrorType, isCommandError } from '@eventstore/db-client';
import { AppendTooLarge, EventStoreError, EventStoreUnavailable, EventStoreUnusable } from '../event-store.js';

/** gRPC's RESOURCE_EXHAUSTED: a message beyond what the server takes at all. */
const MESSAGE_TOO_LARGE = 8;

/** The server reads its log only from where an event stands. */
export class NoEventThere extends EventStoreUnusable {
  constructor(cause: unknown) {
    super('no event stands at the position asked for', { cause });
  }
}

/**
 * What the client threw, as the port's error. While a server is down the client gives errors of three kinds (its own,
 * the transport's, and
 * plain ones), and a server that is starting gives unknown ones: whatever is not known to be permanent is
 * EventStoreUnavailable.
 * No message is passed on: it may name the stream's content.
 */
export function asEventStoreError(error: unknown): EventStoreError {
  if (error instanceof EventStoreError) return error;
  if (error instanceof Error && isCommandError(error)) {
    switch (error.type) {
      case ErrorType.ACCESS_DENIED:
        return new EventStoreUnusable('EventStoreDB refuses the user or the password', { cause: error });
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        return new AppendTooLarge(`EventStoreDB takes ${error.maxAppendSize} bytes in one append`, { cause: error });
      case ErrorType.STREAM_DELETED:
        return new EventStoreUnusable(`stream ${error.streamName} was deleted on the server`, { cause: error });
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
  return new EventStoreUnavailable('EventStoreDB cannot be reached', { cause: error });
}
