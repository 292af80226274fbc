import { describe, it } from '@jest/globals';
import { Facts } from '../../../compliance-rules/facts.js';
import { resolveEntries } from '../../../compliance-rules/resolve-entries.js';
import { GivenFact } from '../../../compliance-rules/testing/facts.spec-helper.js';
import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import type { FactData, FactName } from '../../../facts/event-catalogue.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { step } from '../../proposed.spec-helper.js';
import { liftNote, linkIdentity, notePerson, reviewGlass, unlinkIdentity, widenAccess } from './decide-person.js';

const ofAnna = <N extends FactName>(type: N, data: FactData[N], day = '2024-02-01') =>
  new GivenFact('staff:anna', type, day, data);
const ofTolvan = <N extends FactName>(type: N, data: FactData[N], day = '2024-02-01') =>
  new GivenFact('recipient:tolvan', type, day, data);
const anna = ofAnna('StaffRegistered', { controller: 'ange', unit: 'north', name: null }, '2023-01-01');
const tolvan = ofTolvan(
  'RecipientRegistered',
  { controller: 'ange', identity: { type: 'PERSONNUMMER', value: null }, name: null, protection: 'NONE' },
  '2023-01-01',
);
const member = (...history: readonly GivenFact[]) =>
  new Given({ id: 'anna', facts: new Facts(resolveEntries(dossierOf([anna, ...history]).staff.get('anna') ?? [])) });
const recipientFacts = (history: readonly GivenFact[]) =>
  new Facts(resolveEntries(dossierOf([tolvan, ...history]).recipients.get('tolvan') ?? []));
const recipient = (...history: readonly GivenFact[]) => new Given({ id: 'tolvan', facts: recipientFacts(history) });

const linked = ofAnna('IdentityLinked', { issuer: 'https://id.example/', subject: null });
const unlinked = ofAnna('IdentityUnlinked', { reason: null }, '2024-03-01');
const narrowed = ofTolvan('AccessNarrowed', { staff: ['anna'], reason: null });
const widened = ofTolvan('AccessWidened', { reason: null }, '2024-03-01');
const noted = ofTolvan('PersonNoted', { reason: null });
const lifted = ofTolvan('PersonNoteLifted', { reason: null }, '2024-03-01');

describe('a sign-in', () => {
  it('is linked', () => member().when(linkIdentity, step(linked)).isAccepted());
  it('is linked one at a time', () =>
    member(linked).when(linkIdentity, step(linked)).isRefused('IDENTITY_ALREADY_LINKED'));
  it('is linked anew when the former is gone', () =>
    member(linked, unlinked).when(linkIdentity, step(linked)).isAccepted());
  it('is unlinked', () => member(linked).when(unlinkIdentity, step(unlinked)).isAccepted());
  it('is unlinked only where there is one', () => {
    member().when(unlinkIdentity, step(unlinked)).isRefused('IDENTITY_NOT_LINKED');
    member(linked, unlinked).when(unlinkIdentity, step(unlinked)).isRefused('IDENTITY_NOT_LINKED');
  });
});

describe('access', () => {
  it('is widened where it is narrow', () => recipient(narrowed).when(widenAccess, step(widened)).isAccepted());
  it('and nowhere else', () => {
    recipient().when(widenAccess, step(widened)).isRefused('ACCESS_NOT_NARROWED');
    recipient(narrowed, widened).when(widenAccess, step(widened)).isRefused('ACCESS_NOT_NARROWED');
  });
});

describe('a broken glass', () => {
  const review = ofTolvan('GlassBreakReviewed', { of: 'glass', verdict: 'JUSTIFIED', reason: null });
  const given = (reviewer: string, ...history: readonly GivenFact[]) =>
    new Given({ id: 'tolvan', facts: recipientFacts(history), brokenBy: 'anna', reviewer });

  it('is reviewed', () => given('bo').when(reviewGlass, step(review)).isAccepted());
  it('once', () => given('bo', review).when(reviewGlass, step(review)).isRefused('GLASS_ALREADY_REVIEWED'));
  it('never by who broke it', () => given('anna').when(reviewGlass, step(review)).isRefused('GLASS_OWN_REVIEW'));
});

describe('a person', () => {
  it('is noted', () => recipient().when(notePerson, step(noted)).isAccepted());
  it('is noted once', () => recipient(noted).when(notePerson, step(noted)).isRefused('PERSON_ALREADY_NOTED'));
  it('is noted no longer', () => recipient(noted).when(liftNote, step(lifted)).isAccepted());
  it('is noted no longer once', () =>
    recipient(noted, lifted).when(liftNote, step(lifted)).isRefused('PERSON_NOT_NOTED'));
});
