import type { WitnessFigures } from './witness-figures.js';

/** The checkpoint that something is proven by, as somebody outside takes it. */
export interface ToldCheckpoint {
  /** What the log is called among logs. */
  readonly origin: string;
  /** So many events … */
  readonly size: number;
  /** … have this root, hex. */
  readonly root: string;
  readonly lastPosition: string;
  /** When it was signed, RFC 3339 in UTC. */
  readonly at: string;
  readonly keyId: string;
  /** The checkpoint's file, word for word, with what witnesses signed. */
  readonly note: string;
}

/** Something that was found wrong with a log. */
export interface ToldFinding {
  readonly code: string;
  readonly position?: string;
  readonly event?: string;
  readonly stream?: string;
  /** In English, without personal data. */
  readonly message: string;
}

/** What came of verifying the access log beside the register. */
export interface AccessVerified {
  readonly ok: boolean;
  readonly checked: number;
  readonly sealed: number;
  readonly unsealed: number;
  /** Records that went when their time was over. */
  readonly disposed: number;
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

/** What a verification of a register's log came to, to be filed. Nothing in it is about any person but ids. */
export interface VerificationProtocol {
  readonly register: string;
  /** The version of the program that verified it. */
  readonly program: string;
  /** Whether it ran beside a server's answers or was asked for. */
  readonly asked: 'BACKGROUND' | 'COMMAND';
  /** RFC 3339 in UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly result: 'VERIFIED' | 'NOT_VERIFIED';
  /** The part of the log that was verified; absent where it was all of it. */
  readonly part?: { readonly from?: string; readonly to?: string };
  readonly counts: {
    readonly checked: number;
    /** Of those so many are under the checkpoint … */
    readonly sealed: number;
    /** … and so many not yet. */
    readonly unsealed: number;
    readonly findings: number;
    /** Events whose time lies a little before that of the one before: clocks differed, and nothing rests on it. */
    readonly backwards: number;
  };
  readonly checkpoint?: ToldCheckpoint;
  /** The key that checkpoints are signed with. */
  readonly key?: { readonly id: string; readonly pem: string; readonly vkey: string };
  readonly witnesses: readonly WitnessFigures[];
  /** The checkpoint that enough witnesses vouch for; absent where none is asked. */
  readonly witnessed?: { readonly needed: number; readonly size: number };
  /** What those witnesses signed whose keys were given by who asked. */
  readonly trusted?: readonly { readonly name: string; readonly size: number; readonly at: string }[];
  /** The first of what was found, in the order of the log; `counts.findings` says how much there is. */
  readonly findings: readonly ToldFinding[];
  readonly accessLog?: AccessVerified;
}
