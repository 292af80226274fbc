import type { VNode } from 'preact';
import type { RuleShown } from '../../answers/compliance/rules-answer.js';
import type { AdoptedPolicy } from '../../answers/policies/list-policies.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { toldValues } from '../../facts/values.js';
import { fieldLabel } from '../../facts/labels.js';
import { ChooseDay, Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { StatusIcon } from '../components/status.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { ruleWords } from '../words/rule-words.js';
import { capital } from '../words/state-words.js';

export interface PoliciesOf {
  readonly controller: string;
  readonly name: string;
  readonly versions: readonly AdoptedPolicy[];
}

interface RulesPageProps {
  readonly on: string;
  readonly rules: readonly RuleShown[];
  readonly policies: readonly PoliciesOf[];
  readonly visitor: Visitor;
}

/** The rules in words, law by itself and the municipality's own by themselves, with their versions and values. */
export function RulesPage({ on, rules, policies, visitor }: RulesPageProps): VNode {
  const blocks = [
    ['Lagen', 'STATUTORY', rules.filter(({ kind }) => kind === 'STATUTORY')],
    ['Kommunens rutin', 'LOCAL', rules.filter(({ kind }) => kind === 'LOCAL')],
  ] as const;
  return (
    <Document title="Regler" place="rules" visitor={visitor}>
      <Head title="Regler" times={{ on }} beside={<ChooseDay path="/regler" times={{ on }} />}>
        <p class="lede">
          En fylld ruta betyder brist mot lagen, en ram betyder brist mot kommunens egen rutin. De blandas aldrig och
          räknas aldrig ihop.
        </p>
      </Head>
      <div class="wrap stack">
        {blocks.map(([title, kind, within]) => (
          <Panel
            key={kind}
            title={[
              <span key="i" class="status bad">
                <StatusIcon status="BREACH" kind={kind} />{' '}
              </span>,
              title,
            ]}
            beside={within.length === 1 ? '1 regel' : `${within.length} regler`}
          >
            {within.map((rule) => (
              <div class="body prose" key={rule.id} id={rule.id.toLowerCase().replaceAll('_', '-')}>
                <h3>{ruleWords(rule.id).name}</h3>
                <p>{rule.text}</p>
                <p class="small muted">
                  Som brist: <em>{ruleWords(rule.id).lack}</em>. {rule.legalBasis}. Version {rule.version}
                  {rule.validFrom === undefined ? '' : `, gäller från ${longDay(rule.validFrom)}`}
                  {rule.validTo === undefined ? '' : `, till och med ${longDay(rule.validTo)}`}.
                  {rule.parameters.length === 0
                    ? ''
                    : ` Kommunen bestämmer: ${rule.parameters.map(({ name, default: usual }) => `${fieldLabel(name)} (${usualWords(usual)})`).join(', ')}.`}
                </p>
              </div>
            ))}
          </Panel>
        ))}
        {policies.map(({ controller, name, versions }) => (
          <Panel key={controller} title={`Lokala riktlinjer: ${name}`} beside="senaste först">
            {[...versions].reverse().map(({ event, from, policy }) => (
              <div class="body" key={event}>
                <h3>
                  Version {policy.version}, gäller från {longDay(from)}
                </h3>
                {policy.basis === undefined ? null : (
                  <p class="small muted">
                    {policy.basis.document}, beslutad av {policy.basis.decidedBy} den {longDay(policy.basis.decidedOn)}.
                  </p>
                )}
                <dl class="pairs small">
                  {valuesOf(policy.values).map(([label, value]) => [
                    <dt key={`${label}?`}>{label}</dt>,
                    <dd key={label}>{value}</dd>,
                  ])}
                </dl>
              </div>
            ))}
          </Panel>
        ))}
        {policies.length === 0 ? <p>Inga lokala riktlinjer är antagna. Då gäller registrets standardvärden.</p> : null}
      </div>
    </Document>
  );
}

function usualWords(usual: unknown): string {
  if (usual === null) return 'avstängd om inget anges';
  if (typeof usual === 'boolean') return usual ? 'ja om inget anges' : 'nej om inget anges';
  return `${Array.isArray(usual) ? usual.join(', ') || 'inga' : String(usual)} om inget anges`;
}

function valuesOf(values: object): (readonly [string, string])[] {
  return toldValues(FACTS.PolicyAdopted.type, { values }, () => undefined).flatMap((told) =>
    told.kind === 'group' ? told.within.map((inner) => [capital(inner.label), plain(inner)] as const) : [],
  );
}

type Told = ReturnType<typeof toldValues>[number];

function plain(told: Told): string {
  if (told.kind === 'group') return told.within.map((inner) => `${inner.label}: ${plain(inner)}`).join('; ');
  const word = (value: unknown): string =>
    typeof value === 'boolean'
      ? value
        ? 'ja'
        : 'nej'
      : value === null
        ? 'standardvärde'
        : told.field?.form.kind === 'code'
          ? (told.field.form.codes[String(value)] ?? String(value))
          : String(value);
  return told.kind === 'value' ? word(told.value) : told.values.map(word).join(', ');
}
