import type { VerificationProtocol } from '../../kernel/observability/verification-protocol.js';

/** The last verification of the log beside the answers. */
export interface LastVerificationAnswer {
  /** Null where none has ended since the server started, or the log is not verified there. */
  readonly protocol: VerificationProtocol | null;
}
