import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Facts } from '../../compliance-rules/facts.js';
import { ALWAYS, BEGINNING, FOREVER, type Span } from '../../compliance-rules/intervals.js';
import type { CareForm, EpisodeAssessment, TitleBasis } from '../../compliance-rules/model.js';
import { type PolicyByDay, policyByDay } from '../../compliance-rules/policy.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { dutyDaysOf } from '../../compliance-rules/situation/care.js';
import { titlesOf } from '../../compliance-rules/situation/titles.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { recipientState } from '../current-state/recipient-state.js';
import { isEmployed, staffState } from '../current-state/staff-state.js';
import { type UnitFacts, unitFacts } from '../current-state/unit-facts.js';
import { type ListedPersons, listedPersons } from '../listed-persons.js';
import { personIds } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';

/** Someone who has care from a unit. A name that cannot be read stands as null. */
export interface UnitRecipient {
  readonly recipient: string;
  /** Where somebody is registered more than once and the registrations are merged: all of them that have care here. */
  readonly recipients?: readonly string[];
  readonly name: string | null;
  readonly protection: string;
  readonly episodes: readonly { readonly episode: string; readonly careForm: CareForm }[];
}

export interface UnitRecipientsAnswer extends AnswerBasis {
  readonly unit: string;
  readonly on: string;
  readonly recipients: readonly UnitRecipient[];
  readonly next?: string;
}

/** Who has care from a unit on a day. */
export class GetUnitRecipients extends Query<UnitRecipientsAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly unit: string,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetUnitRecipients)
export class GetUnitRecipientsHandler implements IQueryHandler<GetUnitRecipients> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_UNIT, CURSOR_MALFORMED */
  async execute({ unit, on, page, knownAt }: GetUnitRecipients) {
    await mustExist(this.reads, 'unit', unit);
    const { assessments, basis } = await this.reads.assessments.ofUnit(unit, dayOf(on), knownAt);
    const persons = await personIds(
      this.reads,
      assessments.map(({ recipient }) => recipient),
      basis.position,
    );
    const listed = await listedPersons(this.reads, assessments);
    const byPerson = new Map<string, EpisodeAssessment[]>();
    for (const assessment of listed.shown(assessments)) {
      const person = persons.get(assessment.recipient) ?? assessment.recipient;
      byPerson.set(person, [...(byPerson.get(person) ?? []), assessment]);
    }
    const sorted = [...byPerson.values()].map(grouped).sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
    const { items, ...rest } = pageOf(sorted, page, { key: ({ recipient }) => [recipient], parts: 1 });
    const recipients = await Promise.all(items.map((person) => this.described(person, listed, on, basis.position)));
    return { unit, on, ...shown(basis), recipients, ...rest };
  }

  private async described(
    { recipient, recipients, episodes }: PersonInUnit,
    listed: ListedPersons,
    on: string,
    upTo: bigint,
  ): Promise<UnitRecipient> {
    const events = await this.reads.log.open(await this.reads.streams.read(`recipient-${recipient}`, upTo));
    const { name, protection } = recipientState(resolveEntries(events), on);
    const known = {
      name: listed.nameOf(`recipient-${recipient}`, typeof name === 'string' ? name : undefined) ?? null,
      protection: typeof protection === 'string' ? protection : 'NONE',
    };
    return { recipient, ...(recipients.length > 1 ? { recipients } : {}), ...known, episodes };
  }
}

/** One person's care in a unit, under the first of the registrations that have it. */
type PersonInUnit = Pick<UnitRecipient, 'recipient' | 'episodes'> & { readonly recipients: readonly string[] };

function grouped(assessments: readonly EpisodeAssessment[]): PersonInUnit {
  const recipients = [...new Set(assessments.map(({ recipient }) => recipient))].sort();
  return {
    recipient: recipients[0] ?? '',
    recipients,
    episodes: assessments.map(({ episode, careForm }) => ({ episode, careForm })),
  };
}

/** Someone who works in a unit. A name that cannot be read stands as null. */
export interface UnitStaff {
  readonly staff: string;
  readonly name: string | null;
  readonly employment?: string;
  /** What the title rests on, judged as the care that the unit gives asks for; absent before 2023-07-01. */
  readonly titleBasis?: TitleBasis;
  readonly onLeave: boolean;
}

export interface UnitStaffAnswer extends AnswerBasis {
  readonly unit: string;
  readonly on: string;
  readonly staff: readonly UnitStaff[];
  readonly next?: string;
}

/** Who works in a unit on a day. */
export class GetUnitStaff extends Query<UnitStaffAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly unit: string,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetUnitStaff)
export class GetUnitStaffHandler implements IQueryHandler<GetUnitStaff> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_UNIT, CURSOR_MALFORMED */
  async execute({ unit, on, page, knownAt }: GetUnitStaff) {
    const { index, streams, knowledge } = this.reads;
    await mustExist(this.reads, 'unit', unit);
    const known = await knowledge.at(knownAt);
    const opened = await unitFacts(streams, unit, on, known.position);
    const policy = await this.policyOf(unit, strictestForm(opened), known.position);
    const strict = strictDays(opened, policy);
    const candidates = await Promise.all(
      (await index.staffOfUnit(unit)).map((staff) =>
        this.described(staff, unit, on, { policy, strict }, known.position),
      ),
    );
    const staff = candidates.filter((one) => one !== undefined).sort((a, b) => (a.staff < b.staff ? -1 : 1));
    const { items, ...rest } = pageOf(staff, page, { key: (one) => [one.staff], parts: 1 });
    return { unit, on, ...shown(known), staff: items, ...rest };
  }

  private async described(
    staff: string,
    unit: string,
    on: string,
    law: { policy: PolicyByDay; strict: readonly Span[] },
    upTo: bigint,
  ): Promise<UnitStaff | undefined> {
    const facts = resolveEntries(await this.reads.log.open(await this.reads.streams.read(`staff-${staff}`, upTo)));
    const state = staffState(facts, on);
    if (state['unit'] !== unit || !isEmployed(state)) return undefined;
    const title = titlesOf(new Facts(facts), oneDay(dayOf(on)), law)[0];
    const form = (state['employment'] as { form?: string } | undefined)?.form;
    return {
      staff,
      name: typeof state['name'] === 'string' ? state['name'] : null,
      ...(form === undefined ? {} : { employment: form }),
      ...(title ? { titleBasis: title.basis } : {}),
      onLeave: state['leave'] !== undefined,
    };
  }

  private async policyOf(unit: string, careForm: CareForm, upTo: bigint): Promise<PolicyByDay> {
    const factsOf = async (stream: string) => new Facts(resolveEntries(await this.reads.streams.read(stream, upTo)));
    const own = await factsOf(`unit-${unit}`);
    const opened = own.of('UnitOpened')[0];
    const deciding = opened?.data.commissionedBy ?? opened?.data.controller;
    const adopted = deciding !== undefined ? await factsOf(`policy-${deciding}`) : new Facts([]);
    return policyByDay([{ from: BEGINNING, to: FOREVER, value: unit }], careForm, {
      unit: () => own,
      policy: () => adopted,
    });
  }
}

/** The form of care whose policy says what a title may rest on: home care where the unit gives it. */
function strictestForm(unit: UnitFacts | undefined): CareForm {
  return unit?.careForms.includes('HOME_CARE') ? 'HOME_CARE' : (unit?.careForms[0] ?? 'HOME_CARE');
}

/**
 * The days on which only certificate or transition are enough (contract §3.1) for some of the care that the unit gives.
 */
function strictDays(unit: UnitFacts | undefined, policy: PolicyByDay): readonly Span[] {
  if (unit?.careForms.includes('HOME_CARE')) return ALWAYS;
  return unit?.careForms.includes('RESIDENTIAL_CARE') ? dutyDaysOf('RESIDENTIAL_CARE', policy) : [];
}

function oneDay(day: Day): Span {
  return { from: day, to: day + 1 };
}
