const sources = new WeakMap<Uint8Array, unknown>();

/** A document that is answered with, and the answer that it was made from: for the record of whom it shows. */
export function documentOf(bytes: Uint8Array, answer: unknown): Buffer {
  const document = Buffer.from(bytes);
  sources.set(document, answer);
  return document;
}

/** The answer itself, or of a document the one that it was made from. */
export function answerBehind(answer: unknown): unknown {
  return Buffer.isBuffer(answer) ? (sources.get(answer) ?? answer) : answer;
}
