import type { Reject } from './reject.js';

/** What is told of a line that was turned away (contract §2). */
export interface RejectedLine {
  readonly line: number;
  readonly code: Reject['code'];
  readonly reason: string;
  readonly ref?: string;
}

/** Where rejected lines go. */
export interface Rejects {
  /** The files in which they are kept; none when they are only told. */
  readonly files?: { readonly reasons: string; readonly lines: string };
  /**
   * Takes a rejected line. `raw` is left out for a line that is copied in pieces by {@link piece}.
   * @throws ImportError
   */
  add(rejected: RejectedLine, raw: Uint8Array | undefined): Promise<void>;
  /** Copies a piece of a line that is too long to be held. @throws ImportError */
  piece(bytes: Uint8Array): Promise<void>;
  /** @throws ImportError when something that was given is not kept */
  close(): Promise<void>;
}

/** Tells of rejected lines and writes nothing, as a dry run does. */
export function toldRejects(tell: (rejected: RejectedLine) => void): Rejects {
  return { add: async (rejected) => tell(rejected), piece: async () => undefined, close: async () => undefined };
}
