/** Exit codes: what scripts may rely on. */
export const EXIT = { done: 0, failed: 1, misused: 2, someRejected: 3, notVerified: 4 } as const;

/** The verb cannot be carried out; the message says why, and what to do. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
