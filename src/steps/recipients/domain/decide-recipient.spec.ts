import { describe, it } from '@jest/globals';
import { Facts } from '../../../compliance-rules/facts.js';
import { resolveEntries } from '../../../compliance-rules/resolve-entries.js';
import { GivenFact, merged, representative } from '../../../compliance-rules/testing/facts.spec-helper.js';
import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import { step } from '../../proposed.spec-helper.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { mergeRecipient, ofRegisteredRecipient } from './decide-recipient.js';

const registered = new GivenFact('recipient:recipient', 'RecipientRegistered', '2024-01-01', {
  controller: 'municipality',
  identity: { type: 'PERSONNUMMER', value: null },
  name: null,
  protection: 'NONE',
}).as('registered');
const given = (...history: readonly GivenFact[]) =>
  new Given({
    id: 'recipient',
    facts: new Facts(resolveEntries(dossierOf(history).recipients.get('recipient') ?? [])),
  });

describe('a recipient', () => {
  it('gets a representative (E47)', () =>
    given(registered)
      .when(ofRegisteredRecipient(), step(representative('2024-02-01', 'god-man')))
      .isAccepted());
  it('whose registration never was gets none', () =>
    given(
      registered,
      new GivenFact('recipient:recipient', 'EntryAnnulled', '2024-01-02', {
        corrects: 'registered',
        cause: 'DUPLICATE',
        reason: null,
      }),
    )
      .when(ofRegisteredRecipient(), step(representative('2024-02-01', 'god-man')))
      .isRefused('RECIPIENT_ANNULLED'));
  it('turns out to be registered twice (E42)', () =>
    given(registered)
      .when(mergeRecipient, step(merged('2024-02-01', 'recipient', 'other')))
      .isAccepted());
  it('is not another than themselves', () =>
    given(registered)
      .when(mergeRecipient, step(merged('2024-02-01', 'recipient', 'recipient')))
      .isRefused('MERGED_INTO_SELF'));
  it('is merged with the same one once', () =>
    given(registered, merged('2024-02-01', 'recipient', 'other'))
      .when(mergeRecipient, step(merged('2024-02-02', 'recipient', 'other')))
      .isRefused('ALREADY_MERGED'));
});
