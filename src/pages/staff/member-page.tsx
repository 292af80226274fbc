import type { VNode } from 'preact';
import type { State } from '../../answers/current-state/fold.js';
import type { ContactOfRow, UnitRow } from '../../answers/current-state/unit-row.js';
import { EMPLOYMENT_FORMS } from '../../facts/codes.js';
import { codeWords, typeLabel } from '../../facts/labels.js';
import { Head } from '../components/head.js';
import { Pairs, Panel } from '../components/panel.js';
import { Document } from '../html/document.js';
import type { StepGroup } from '../record/choose.js';
import { StepGroups } from '../record/choose-page.js';
import { statesIn } from '../record/options.js';
import { textOf } from '../record/subject.js';
import type { Visitor } from '../visitor.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { NAMELESS, ROLE_WORDS } from '../words/state-words.js';

interface MemberPageProps {
  readonly on: string;
  readonly state: State;
  readonly unit?: { readonly id: string; readonly name: string };
  readonly carried: readonly { readonly row: UnitRow; readonly contact: ContactOfRow }[];
  readonly groups: readonly StepGroup[];
  readonly visitor: Visitor;
}

/** An employee as the routine sees her. */
export function MemberPage({ on, state, unit, carried, groups, visitor }: MemberPageProps): VNode {
  const name = textOf(state['name']) ?? NAMELESS;
  const evidence = statesIn(state, 'titleEvidence');
  const training = statesIn(state, 'training');
  const employment = state['employment'] as State | undefined;
  const form = textOf(employment?.['form']);
  const yearly = textOf(state['yearlyFollowUpOn']);
  return (
    <Document title={name} place="units" visitor={visitor}>
      <Head
        panel
        title={name}
        crumbs={unit === undefined ? [] : [{ href: `/enheter/${unit.id}/personal`, words: unit.name }]}
        times={{ on }}
      >
        <p class="lede">
          {carried.length === 0 ? 'Är inte kontakt för någon.' : `Är kontakt för ${carried.length} i enheten.`}{' '}
          {state['leave'] === undefined ? '' : 'Är ledig.'}
        </p>
      </Head>
      <div class="wrap cols even">
        <div class="stack">
          <Panel title="Yrkestitel och utbildning">
            <div class="body">
              <Pairs
                of={[
                  ['Anställning', form === undefined ? 'Framgår inte' : codeWords(EMPLOYMENT_FORMS, form)],
                  ...evidence.map(([, one]): readonly [string, string] => [
                    typeLabel(textOf(one['type']) ?? ''),
                    `${longDay(textOf(one['on']) ?? on)}${one['withdrawn'] === undefined ? '' : ', underkänt'}`,
                  ]),
                  ...(evidence.length === 0 ? [['Underlag för yrkestiteln', 'Inget'] as const] : []),
                  ...training.map(([, one]): readonly [string, string] => [
                    textOf(one['course']) ?? 'Utbildning',
                    longDay(textOf(one['on']) ?? on),
                  ]),
                  ...(training.length === 0 ? [['Utbildning', 'Ingen'] as const] : []),
                  ['Årlig uppföljning', yearly === undefined ? 'Ingen' : longDay(yearly)],
                ]}
              />
            </div>
          </Panel>
          <Panel title="Kontakt för">
            <ul class="rows">
              {carried.map(({ row, contact }) => (
                <li key={contact.assignment}>
                  <span class="name">
                    <a href={`/personer/${row.recipient}`}>{row.recipientName ?? <em>{NAMELESS}</em>}</a>
                  </span>
                  <span class="since">
                    {ROLE_WORDS[contact.role]}
                    {contact.absent ? ', frånvarande' : ''}
                  </span>
                </li>
              ))}
              {carried.length === 0 ? <li>Ingen</li> : null}
            </ul>
          </Panel>
        </div>
        <StepGroups groups={groups} visitor={visitor} />
      </div>
    </Document>
  );
}
