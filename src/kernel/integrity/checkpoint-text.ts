/** The form of checkpoints since November 2026: a signed note (C2SP tlog-checkpoint), whose lines after the root are ours. */
export interface NoteForm {
  readonly v: 2;
  /** What the log is called among logs. */
  readonly origin: string;
  /** The register's id, as on the log's first event. */
  readonly register: string;
  /** So many events, in log order … */
  readonly size: number;
  /** … have this root, hex. */
  readonly root: string;
  readonly lastEvent: string;
  readonly lastPosition: string;
  readonly at: string;
  readonly keyId: string;
  /** The hash of what is signed besides about who looked at whom, hex; absent where nothing of that is kept. */
  readonly access?: string;
  /** A note names none before it. */
  readonly previous?: undefined;
}

const EXTENSIONS = ['event', 'position', 'time', 'key'] as const;
const ROOT_BYTES = 32;
const ACCESS_LINE = /^access ([0-9a-f]{64})$/;

/**
 * The text of a checkpoint that is signed (C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint): origin, size and root, which every
 * reader of such logs knows, then a line for each of the last event, its position, the time and the key, and where there is an access log
 * what vouches for it.
 */
export function writePlainCheckpoint({
  origin,
  size,
  root,
  lastEvent,
  lastPosition,
  at,
  keyId,
  access,
}: NoteForm): string {
  const extensions = [lastEvent, lastPosition, at, keyId].map((value, index) => `${EXTENSIONS[index]} ${value}`);
  if (access !== undefined) extensions.push(`access ${access}`);
  return `${[origin, size, Buffer.from(root, 'hex').toString('base64'), ...extensions].join('\n')}\n`;
}

/** @returns undefined when the text is no checkpoint of a register */
export function readPlainCheckpoint(text: string): NoteForm | undefined {
  const [origin = '', size = '', root = '', ...extensions] = text.split('\n');
  const [, register] = /^fok\/([^/\s+]+)(?:\/[1-9]\d*)?$/.exec(origin) ?? [];
  const [lastEvent, lastPosition, at, keyId] = EXTENSIONS.map((name, index) => {
    const line = extensions[index] ?? '';
    return line.startsWith(`${name} `) ? line.slice(name.length + 1) : undefined;
  });
  if (
    register === undefined ||
    lastEvent === undefined ||
    lastPosition === undefined ||
    at === undefined ||
    keyId === undefined
  )
    return undefined;
  const bytes = Buffer.from(root, 'base64');
  const [, access] = ACCESS_LINE.exec(extensions[EXTENSIONS.length] ?? '') ?? [];
  if (bytes.length !== ROOT_BYTES || !/^[1-9]\d{0,15}$/.test(size) || !/^\d+$/.test(lastPosition)) return undefined;
  const read: NoteForm = {
    v: 2,
    origin,
    register,
    size: Number(size),
    root: bytes.toString('hex'),
    lastEvent,
    lastPosition,
    at,
    keyId,
    ...(access === undefined ? {} : { access }),
  };
  // Whoever writes it otherwise signed something else.
  return writePlainCheckpoint(read) === text ? read : undefined;
}
