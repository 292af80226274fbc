/**
 * Where the keys of persons lie, apart from the log and from every backup of it: what is destroyed here cannot be read
 * there.
 * Beside a person's key lie the keyed hashes by which the person is found, so that one act destroys both.
 * Every promise may reject with KeyStoreError.
 */
export interface KeyStore {
  /** The register that these keys belong to, a UUID made with the store; the log's first event carries it too. */
  readonly register: string;

  /** What kind of server the keys lie on, in words; absent where there is none. */
  readonly server?: string | undefined;

  /**
   * What is needed to record facts about these persons. Keys that are not there yet are made, durably, before this
   * resolves; nothing is made for a person who was forgotten.
   */
  admit(request: AdmissionRequest): Promise<Admission>;

  /**
   * The keys to open with: the person's key, `FORGOTTEN` when it was destroyed, and nothing for a person who never had
   * one.
   */
  openingKeys(subjects: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array | 'FORGOTTEN'>>;

  /**
   * Everybody who was ever found under this term and not forgotten since: a superset, to be checked by whoever asks.
   */
  findByTerm(term: SearchTerm): Promise<string[]>;

  /** A person is no longer found under terms of this kind, save those given. */
  dropTerms(subject: string, kind: string, except: readonly SearchTerm[]): Promise<void>;

  /**
   * Takes what only one person can have, unless somebody has it already; durable before this resolves. Whoever has it
   * takes it anew.
   * @returns who has it from now on
   */
  claim(thing: SearchTerm, claim: Claim): Promise<Claim>;

  /** Who has each of these, in their order. */
  holders(things: readonly SearchTerm[]): Promise<(Claim | undefined)[]>;

  /** Gives what somebody has to somebody else. @returns false when it was not as given any more */
  moveClaim(thing: SearchTerm, from: Claim, to: Claim): Promise<boolean>;

  /** A person no longer has what they claimed, save what is given. */
  dropClaims(subject: string, except: readonly SearchTerm[]): Promise<void>;

  /**
   * From now on nothing is recorded about this person and nothing opened; the first step of forgetting. Again is no
   * error, and keeps the first note.
   */
  fence(subject: string, note: string): Promise<void>;

  /** Destroys a fenced person's key and terms, and what is left of them in the store's files. Again is no error. */
  destroy(subject: string): Promise<void>;

  /** The forgetting is complete; its note is erased. */
  finishForgetting(subject: string): Promise<void>;

  /** Persons who were fenced but whose forgetting is not complete, with their notes. */
  unfinishedForgettings(): Promise<{ readonly subject: string; readonly note: string }[]>;

  isForgotten(subject: string): Promise<boolean>;

  /** All whose key is kept back for good, whether their forgetting is complete or not. */
  allForgotten(): Promise<string[]>;

  /**
   * Whether the log is known to have had its first event. Keys are durable before it, so keys alone say nothing: an
   * import that was killed in between leaves keys and an empty log, and goes on. An empty log after this was noted was
   * lost.
   */
  logBegun(): Promise<boolean>;

  /** The first event of the log is durable. Again is no error. */
  noteLogBegun(): Promise<void>;

  close(): Promise<void>;
}

/** Who has something, and when they took it last: an instant, RFC 3339 UTC, by the clock of the node that they took it on. */
export interface Claim {
  readonly subject: string;
  readonly at: string;
}

export interface AdmissionRequest {
  /** All whom the facts are about. */
  readonly about: Iterable<string>;
  /** Those of them whose key is needed. */
  readonly sealing: Iterable<string>;
  /** By what they are to be found; those of forgotten persons are not kept. */
  readonly terms?: readonly SubjectTerm[];
  /** What only one of them can have; whoever was first has it. Those of forgotten persons are not kept. */
  readonly claims?: readonly (SearchTerm & Claim)[];
}

export interface Admission {
  readonly forgotten: ReadonlySet<string>;
  /** A living person without a key here has one that is damaged. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

/** Something by which a person is searched, in the form in which it is compared; kept as a keyed hash only. */
export interface SearchTerm {
  readonly kind: string;
  readonly value: string;
}

export interface SubjectTerm extends SearchTerm {
  readonly subject: string;
}
