import type { VNode } from 'preact';
import type { EpisodeOnDay, RuleOnDay } from '../../answers/compliance/compliance.js';
import { StatusBadge } from '../components/status.js';
import { Panel } from '../components/panel.js';
import { Cell, GroupRow, Row, RowHead, Table } from '../components/table.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { ruleWords } from '../words/rule-words.js';

const COLUMNS = ['Regel', 'Läge', 'Sedan', 'Senast'].map((words) => ({ words }));

/** What the rules say of a person on a day: law by itself, the municipality's own routine by itself. */
export function RulesNow({
  episode,
  contacts,
  on,
}: {
  readonly episode: Pick<EpisodeOnDay, 'rules'>;
  /** Who has which assignment, by assignment. */
  readonly contacts: ReadonlyMap<string, string>;
  readonly on: string;
}): VNode {
  const law = episode.rules.filter(({ kind }) => kind === 'STATUTORY');
  const local = episode.rules.filter(({ kind }) => kind === 'LOCAL');
  const basis = local.find((rule) => rule.basis !== undefined)?.basis;
  return (
    <Panel title="Reglerna nu" id="reglerna" beside={<a href={`/regler?dag=${on}`}>Vad reglerna säger</a>}>
      <Table label={`Reglerna ${longDay(on)}`} columns={COLUMNS}>
        {law.length === 0 ? null : (
          <GroupRow width={COLUMNS.length}>
            Lagen <span class="muted">{[...new Set(law.map(({ legalBasis }) => legalBasis))].join('; ')}</span>
          </GroupRow>
        )}
        {worstFirst(law).map((rule) => (
          <RuleLine key={keyOf(rule)} rule={rule} contacts={contacts} />
        ))}
        {local.length === 0 ? null : (
          <GroupRow width={COLUMNS.length}>
            Kommunens rutin{' '}
            {basis === undefined ? null : (
              <span class="muted">
                {basis.document}, beslutad {basis.decidedOn}
              </span>
            )}
          </GroupRow>
        )}
        {worstFirst(local).map((rule) => (
          <RuleLine key={keyOf(rule)} rule={rule} contacts={contacts} />
        ))}
        {episode.rules.length === 0 ? (
          <Row>
            <Cell>Ingen regel prövas den dagen.</Cell>
          </Row>
        ) : null}
      </Table>
    </Panel>
  );
}

function keyOf({ rule, assignment }: RuleOnDay): string {
  return `${rule} ${assignment ?? ''}`;
}

const ORDER = { BREACH: 0, WARNING: 1, DUE: 2, MET: 3 };

function worstFirst(rules: readonly RuleOnDay[]): RuleOnDay[] {
  return [...rules].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
}

function RuleLine({
  rule: { rule, status, kind, since, dueOn, assignment },
  contacts,
}: {
  readonly rule: RuleOnDay;
  readonly contacts: ReadonlyMap<string, string>;
}): VNode {
  const whose = assignment === undefined ? undefined : contacts.get(assignment);
  return (
    <Row>
      <RowHead>
        {ruleWords(rule).name} {whose === undefined ? null : <span class="small muted">{whose}</span>}
      </RowHead>
      <Cell>
        <StatusBadge status={status} kind={kind} />
      </Cell>
      <Cell label="Sedan">{since}</Cell>
      <Cell label={dueOn === undefined ? undefined : 'Senast'}>{dueOn}</Cell>
    </Row>
  );
}
