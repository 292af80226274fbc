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
