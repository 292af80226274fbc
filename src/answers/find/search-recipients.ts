import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { type IdentityType, isPossibleIdentity } from '../../facts/identity.js';
import { identityTerm, nameTerms, type PersonTerm } from '../../facts/search-terms.js';
import { today } from '../../kernel/time/clock.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { recipientState } from '../current-state/recipient-state.js';
import { loadPerson } from '../../judgement/person/person.js';
import { numbersIn } from '../../judgement/person/secret-identities.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { openPerson, secretsOf } from '../../judgement/person/opened-person.js';

/** A number that is looked for. Without a type it may be of any. */
export interface SearchedIdentity {
  readonly type?: IdentityType;
  readonly value: string;
  /** Who issued it; reserve numbers are unique for their issuer alone. */
  readonly issuer?: string;
}

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

  /** @throws Problem CURSOR_MALFORMED */
  async execute({ by, page, knownAt }: SearchRecipients) {
    const basis = await this.reads.streams.basis(knownAt);
    const candidates =
      'name' in by ? await this.withAll(nameTerms(by.name)) : await this.withAny(numbersMeant(by.identity));
    const found = (await Promise.all(candidates.map((recipient) => this.confirmed(recipient, by, knownAt)))).filter(
      (hit) => hit !== undefined,
    );
    const { items, ...rest } = pageOf(
      found.sort((a, b) => (a.recipient < b.recipient ? -1 : 1)),
      page,
      { key: ({ recipient }) => [recipient], parts: 1 },
    );
    return { ...shown(basis), recipients: items, ...rest };
  }

  private async withAny(terms: readonly PersonTerm[]): Promise<string[]> {
    return [...new Set((await Promise.all(terms.map((term) => this.reads.keys.findByTerm(term)))).flat())];
  }

  private async withAll(terms: readonly PersonTerm[]): Promise<string[]> {
    const [first = [], ...others] = (await Promise.all(terms.map((term) => this.reads.keys.findByTerm(term)))).map(
      (subjects) => new Set(subjects),
    );
    return [...first].filter((subject) => others.every((subjects) => subjects.has(subject)));
  }

  // The keyed hashes find everyone who ever was called so, employees too: only what is true of a recipient, and not
  // secret, is an answer.
  private async confirmed(
    recipient: string,
    by: SearchFor,
    knownAt: string | undefined,
  ): Promise<FoundRecipient | undefined> {
    const { index, log, clock } = this.reads;
    if ((await index.contextOf(`recipient-${recipient}`)) === undefined) return undefined;
    const person = await openPerson(
      await loadPerson(this.reads, recipient, knownAt),
      log,
      await secretsOf(recipient, this.reads, log),
    );
    const facts = resolveEntries(person.streams.get(`recipient-${recipient}`) ?? []);
    const { name, identity, birthDate, protection } = recipientState(facts, today(clock));
    const fits = 'name' in by ? isCalled(name, by.name) : facts.some((fact) => hasNumber(fact.data, by.identity));
    return fits ? { recipient, recipients: person.recipients, name, identity, birthDate, protection } : undefined;
  }
}

function isCalled(name: unknown, searched: string): boolean {
  const words = new Set(typeof name === 'string' ? nameTerms(name).map(({ value }) => value) : []);
  return nameTerms(searched).every(({ value }) => words.has(value));
}

/**
 * Whether an entry says that somebody has the number. One that names no issuer may mean the issuer that is asked for.
 */
function hasNumber(data: Readonly<Record<string, unknown>>, searched: SearchedIdentity): boolean {
  const numbers = numbersIn(data);
  if (!numbersMeant(searched).some(({ value }) => numbers.includes(value))) return false;
  const { issuer } = data['identity'] as { readonly issuer?: unknown };
  return (
    searched.issuer === undefined || typeof issuer !== 'string' || comparable(issuer) === comparable(searched.issuer)
  );
}

function comparable(issuer: string): string {
  return issuer.normalize('NFC').toLowerCase().trim().replace(/\s+/gu, ' ');
}

function numbersMeant({ type, value }: SearchedIdentity): PersonTerm[] {
  const types: readonly IdentityType[] = type === undefined ? ['PERSONNUMMER', 'SAMORDNINGSNUMMER', 'RESERVE'] : [type];
  const terms = types.filter((one) => isPossibleIdentity(one, value)).map((one) => identityTerm(one, value));
  return [...new Map(terms.map((term) => [term.value, term])).values()];
}
