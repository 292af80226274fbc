/** Who wrote a line down. */
export interface LineActor {
  readonly id: string;
  readonly role: 'UNIT_MANAGER' | 'CARE_STAFF' | 'ADMINISTRATOR';
}

/** One fact of a history file (contract §2). */
export interface HistoryLine {
  readonly ref: string;
  readonly type: string;
  readonly stream: string;
  /** Civil day `YYYY-MM-DD` on which it became true. */
  readonly effectiveOn: string;
  /** When it was written down at the source, RFC 3339 UTC. */
  readonly documentedAt: string;
  readonly lateReason?: string;
  readonly actor: LineActor;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The line as JSON. Refs, types, streams, days, moments and actors hold nothing that JSON would escape, so only the
 * rest is left to the general serialiser: this is the hot path of a simulation.
 */
export function lineText({
  ref,
  type,
  stream,
  effectiveOn,
  documentedAt,
  lateReason,
  actor,
  data,
}: HistoryLine): string {
  const late = lateReason === undefined ? '' : `"lateReason":${JSON.stringify(lateReason)},`;
  const head = `{"ref":"${ref}","type":"${type}","stream":"${stream}","effectiveOn":"${effectiveOn}","documentedAt":"${documentedAt}",${late}`;
  return `${head}"actor":{"id":"${actor.id}","role":"${actor.role}"},"data":${JSON.stringify(data)}}`;
}
