/** A witness cannot be run, or what it is given is not what it takes; the message says what to do. */
export class WitnessError extends Error {}
