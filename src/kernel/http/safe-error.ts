/**
 * What of an error may stand in a log: its class, its code and the places in our code. The message is left out,
 * because messages of parsers and databases quote what they choked on, and that may be personal data.
 */
export function safeErrorFields(thrown: unknown): {
  readonly error: string;
  readonly errorCode?: string;
  readonly at?: readonly string[];
} {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const at = thrown.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return { error: thrown.constructor.name, ...(code === undefined ? {} : { errorCode: code }), ...(at ? { at } : {}) };
}
