import type { Day } from '../../../src/kernel/time/day.js';
import type { Assignments } from './assignments.js';
import type { Case } from './case.js';
import { ContactRules } from './contact-rules.js';
import { OfferRules } from './offer-rules.js';
import { PlanRules } from './plan-rules.js';
import { RecordRules } from './record-rules.js';
import type { Kind, Verdict } from './verdict.js';

export interface JudgedStatus extends Verdict {
  readonly rule: string;
  readonly assignment?: string;
  /** Of this day; a segment of any rule but TITLE has that of its first day. */
  readonly kind: Kind;
}

/** Every rule of contract §3, as its sentence says, for one judged day. */
export class Rules {
  readonly ofOffers: OfferRules;
  readonly ofContacts: ContactRules;
  readonly ofPlans: PlanRules;
  readonly ofRecords: RecordRules;

  constructor(
    private readonly of: Case,
    private readonly contacts: Assignments,
  ) {
    this.ofOffers = new OfferRules(of, contacts);
    this.ofContacts = new ContactRules(of, contacts);
    this.ofPlans = new PlanRules(of);
    this.ofRecords = new RecordRules(of);
  }

  /** All statuses of a day; none on a day that is not judged. */
  on(day: Day): readonly JudgedStatus[] {
    if (!this.of.judged(day)) return [];
    const statuses: JudgedStatus[] = [];
    const say = (
      rule: string,
      verdict: Verdict | undefined,
      contact?: { readonly id: string; readonly role: string },
    ): void => {
      if (verdict)
        statuses.push({
          rule,
          ...(contact && { assignment: contact.id }),
          kind: this.kind(rule, day, contact?.role),
          ...verdict,
        });
    };
    const { ofOffers, ofContacts, ofPlans, ofRecords } = this;
    say('OFFER', ofOffers.offer(day));
    say('UNNECESSARY', ofOffers.unnecessary(day));
    say('ANSWER', ofOffers.answer(day));
    say('DECLINE_REASON', ofOffers.declineReason(day));
    say('ASSIGNED', ofOffers.assigned(day));
    say('FIRST_CONTACT', ofOffers.firstContact(day));
    say('STARTED_IN_TIME', ofOffers.startedInTime(day));
    say('RISK', ofOffers.risk(day));
    for (const contact of this.contacts.active(day)) {
      say('TITLE', ofContacts.title(contact, day), contact);
      say('TRAINING', ofContacts.training(contact, day), contact);
      say('SIGNED', ofContacts.signed(contact, day), contact);
      say('YEARLY', ofContacts.yearly(contact, day), contact);
      say('NAMED', ofContacts.named(contact, day), contact);
      say('APPOINTED', ofContacts.appointed(contact), contact);
      say('CHANGE', ofContacts.change(contact, day), contact);
    }
    say('PLAN', ofPlans.plan(day));
    say('FOLLOW_UP_DATE', ofPlans.followUpDate(day));
    say('FOLLOW_UP', ofPlans.followUp(day));
    say('BOOKED', ofPlans.booked(day));
    say('AGREED_WITH', ofPlans.agreedWith(day));
    say('PLAN_RENEWED', ofPlans.planRenewed(day));
    say('DEPUTY', ofContacts.deputy(day));
    say('CONSENT', ofRecords.consent(day));
    say('INFORMED', ofRecords.informed(day));
    say('NOTED', ofRecords.noted(day));
    return statuses;
  }

  /** "OFFER and, but for DEPUTY, TITLE are STATUTORY on duty days, all else LOCAL" */
  private kind(rule: string, day: Day, role: string | undefined): Kind {
    const ofTheLaw = rule === 'OFFER' || (rule === 'TITLE' && role !== 'DEPUTY');
    return ofTheLaw && this.of.dutyDay(day) ? 'STATUTORY' : 'LOCAL';
  }
}
