import type { VNode } from 'preact';
import { ruleById } from '../../compliance-rules/index.js';
import type { RuleKind, Status } from '../../compliance-rules/model.js';
import type { ComplianceChange } from '../../recording/compliance-change.js';
import type { StepPreview } from '../../recording/step-command.js';
import { Panel } from '../components/panel.js';
import { StatusIcon } from '../components/status.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { ruleWords, STATUS_WORDS } from '../words/rule-words.js';

interface Effect {
  readonly kind: RuleKind;
  readonly status: Status;
  readonly words: string;
  readonly more: string;
}

/** What a step would do, in words: law first. */
export function effectsOf({ compliance }: Pick<StepPreview, 'compliance'>): Effect[] {
  const told = new Map<string, Effect>();
  for (const change of compliance) {
    const key = `${change.episode} ${change.rule} ${change.assignment ?? ''} ${change.to ?? ''}`;
    if (!told.has(key)) told.set(key, effectOf(change));
  }
  return [...told.values()];
}

function effectOf({ rule, kind, from, to, dueOn, on }: ComplianceChange): Effect {
  const { name, lack } = ruleWords(rule);
  const status = to ?? 'MET';
  if (to === null) return { kind, status, words: `${name} prövas inte längre`, more: `Från ${longDay(on)}.` };
  if (to === 'DUE')
    return { kind, status, words: `${name} ska göras`, more: dueOn === undefined ? '' : `Senast ${longDay(dueOn)}.` };
  if (to === 'MET') {
    const ends = from === 'BREACH' || from === 'WARNING';
    return {
      kind,
      status,
      words: `${name}: uppfyllt`,
      more: ends ? `${STATUS_WORDS[from]}en upphör den ${longDay(on)}. Den står kvar i historiken.` : '',
    };
  }
  return { kind, status, words: lack, more: `${STATUS_WORDS[to]} från ${longDay(on)}.` };
}

/** What a choice does, before anything is saved. */
export function Effects({
  preview,
  title,
}: {
  readonly preview: StepPreview | undefined;
  readonly title: string;
}): VNode {
  const effects = preview === undefined ? [] : effectsOf(preview);
  const others = (preview?.warnings ?? []).filter(({ rule }) => !ruleById(rule));
  const standing = (preview?.warnings ?? []).filter(
    ({ rule }) =>
      ruleById(rule) &&
      !preview?.compliance.some(
        (change) => change.rule === rule && (change.to === 'BREACH' || change.to === 'WARNING'),
      ),
  );
  const blocks = [
    ['Lagen', effects.filter(({ kind }) => kind === 'STATUTORY')],
    ['Kommunens rutin', effects.filter(({ kind }) => kind === 'LOCAL')],
  ] as const;
  return (
    <Panel title={title} beside={<span class="tag">inte sparat än</span>}>
      <div class="body">
        {preview === undefined ? <p>Fyll i och välj Visa vad det gör.</p> : null}
        {blocks.map(([words, within]) =>
          within.length === 0 ? null : (
            <div key={words}>
              <h3 class="small muted">{words}</h3>
              <ul class="effects">
                {within.map((effect) => (
                  <li key={`${effect.words} ${effect.more}`}>
                    <span class={COLOURS[effect.status]}>
                      <StatusIcon status={effect.status} kind={effect.kind} />
                    </span>
                    <span>
                      {effect.words}
                      <br />
                      <span class="small muted">{effect.more}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ),
        )}
        {standing.length + others.length === 0 ? null : (
          <div>
            <h3 class="small muted">Att se över</h3>
            <ul class="effects">
              {[
                ...new Set([
                  ...standing.map(({ rule }) => `Kvarstår: ${ruleWords(rule).lack.toLowerCase()}.`),
                  ...others.map(({ message }) => message),
                ]),
              ].map((message) => (
                <li key={message}>
                  <span class="warn">
                    <StatusIcon status="WARNING" kind="LOCAL" />
                  </span>
                  <span>{message}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {preview !== undefined && effects.length + standing.length + others.length === 0 ? (
          <p>Inget ändras i bedömningen.</p>
        ) : null}
        {preview?.partial === undefined ? null : (
          <p class="small muted">
            Visar {preview.partial.judged} av de {preview.partial.touched} omsorgsperioder som berörs.
          </p>
        )}
      </div>
    </Panel>
  );
}

const COLOURS: Readonly<Record<Status, string>> = { MET: 'ok', DUE: 'due', WARNING: 'warn', BREACH: 'bad' };
