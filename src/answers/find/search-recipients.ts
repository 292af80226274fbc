import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { callScope } from '../../access/call-scope.js';
import { personResource } from '../../access/resources.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { sayingsOf } from '../../judgement/person/secret-identities.js';
import { today } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import { PROTECTED_NAME } from '../listed-persons.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { byName, byNumber, type Meant, type SearchedIdentity } from '../../judgement/person/who-is-meant.js';
import { recipientState } from '../current-state/recipient-state.js';
import { loadPerson } from '../../judgement/person/person.js';
import type { UpTo } from '../../judgement/read-model.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { openPerson, secretsOf } from '../../judgement/person/opened-person.js';

/** By what somebody is looked for; one of the two. */
export type SearchFor = { readonly identity: SearchedIdentity } | { readonly name: string };

/** Somebody who was found, as a caller needs it to tell two people apart. What cannot be read is absent. */
export interface FoundRecipient {
  readonly recipient: string;
  /** All registrations of the same person. */
  readonly recipients: readonly string[];
  readonly name?: unknown;
  readonly identity?: unknown;
  readonly birthDate?: unknown;
  readonly protection?: unknown;
}

export interface FoundRecipients extends AnswerBasis {
  readonly recipients: readonly FoundRecipient[];
  readonly next?: string;
}

/** Everyday search: by number or by name, never by what happened to somebody. */
export class SearchRecipients extends Query<FoundRecipients> {
  constructor(
    readonly by: SearchFor,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(SearchRecipients)
export class SearchRecipientsHandler implements IQueryHandler<SearchRecipients> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem VALIDATION_FAILED for a number that is none, CURSOR_MALFORMED */
  async execute({ by, page, knownAt }: SearchRecipients) {
    const known = await this.reads.knowledge.at(knownAt);
    const meant = 'name' in by ? byName(by.name) : byNumber(by.identity, today(this.reads.clock));
    const candidates = await this.candidates(meant.terms);
    const confirmed = await Promise.all(candidates.map((recipient) => this.confirmed(recipient, meant, known)));
    const all = confirmed.filter((hit) => hit !== undefined);
    const found = (await Promise.all(all.map((hit) => this.asShown(hit, !('name' in by))))).flat();
    if (all.length === 0 && meant.unlessFound) throw meant.unlessFound;
    const { items, ...rest } = pageOf(
      found.sort((a, b) => (a.recipient < b.recipient ? -1 : 1)),
      page,
      { key: ({ recipient }) => [recipient], parts: 1 },
    );
    return { ...shown(known), recipients: items, ...rest };
  }

  /** Somebody who was found, as far as the call may show her. */
  private async asShown(hit: FoundRecipient, byNumber: boolean): Promise<FoundRecipient[]> {
    const scope = callScope();
    if (scope.all) return [hit];
    const person = await personResource(this.reads, hit.recipient, { day: dayOf(today(this.reads.clock)) });
    const shown = person ? scope.found(person, byNumber) : 'HIDDEN';
    if (shown === 'HIDDEN') return [];
    const { recipient, recipients, protection } = hit;
    return [shown === 'SHOWN' ? hit : { recipient, recipients, name: PROTECTED_NAME, protection }];
  }

  private async candidates(terms: Meant['terms']): Promise<string[]> {
    const found = new Set<string>();
    for (const together of terms) {
      const [first = [], ...others] = await Promise.all(together.map((term) => this.reads.keys.findByTerm(term)));
      const sets = others.map((subjects) => new Set(subjects));
      for (const subject of first) if (sets.every((subjects) => subjects.has(subject))) found.add(subject);
    }
    return [...found];
  }

  // The keyed hashes find everyone who ever was called so, employees too: only what is true of a recipient, and not
  // secret, is an answer.
  private async confirmed(recipient: string, meant: Meant, { position }: UpTo): Promise<FoundRecipient | undefined> {
    const { index, log, clock } = this.reads;
    if ((await index.contextOf(`recipient-${recipient}`)) === undefined) return undefined;
    const person = await openPerson(
      await loadPerson(this.reads, recipient, position),
      log,
      await secretsOf(recipient, this.reads, log),
    );
    const events = person.streams.get(`recipient-${recipient}`) ?? [];
    const facts = resolveEntries(events);
    const { name, identity, birthDate, protection } = recipientState(facts, today(clock));
    if (!meant.isMeant(name, sayingsOf(events, facts))) return undefined;
    return { recipient, recipients: person.recipients, name, identity, birthDate, protection };
  }
}
