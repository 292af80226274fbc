import type { VNode } from 'preact';
import { type Crumb, Head } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { openTo, type StepGroup } from './choose.js';

/** What can be recorded, as links to the forms. */
export function ChoosePage({
  title,
  lede,
  crumbs,
  groups,
  visitor,
}: {
  readonly title: string;
  readonly lede: string;
  readonly crumbs: readonly Crumb[];
  readonly groups: readonly StepGroup[];
  readonly visitor: Visitor;
}): VNode {
  return (
    <Document title={title} place="units" visitor={visitor}>
      <Head title={title} crumbs={crumbs}>
        <p class="lede">{lede}</p>
      </Head>
      <div class="wrap stack">
        <StepGroups groups={groups} visitor={visitor} />
      </div>
    </Document>
  );
}

export function StepGroups({
  groups,
  visitor,
}: {
  readonly groups: readonly StepGroup[];
  readonly visitor: Visitor;
}): VNode {
  return (
    <div class="stack">
      {openTo(visitor, groups).map(({ heading, links }) => (
        <Panel key={heading} title={heading}>
          <ul class="rows">
            {links.map(({ href, words }) => (
              <li key={href}>
                <a href={href}>{words}</a>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}
