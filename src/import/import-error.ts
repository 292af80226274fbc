/**
 * An import cannot be begun as it was asked for, or what it writes beside the log cannot be written; the message says
 * why, in one line.
 */
export class ImportError extends Error {}
