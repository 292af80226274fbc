import type { ComponentChildren, VNode } from 'preact';
import { address } from '../asked.js';
import { ChooseDay, Head, type Times, timesQuery } from '../components/head.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';

/** What every page about a unit has. */
export interface UnitFrameProps {
  readonly unit: string;
  readonly name: string;
  readonly times: Times;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
  readonly visitor: Visitor;
  readonly current: 'persons' | 'due' | 'staff';
  readonly counts?: { readonly persons?: number; readonly due?: number };
  readonly lede?: ComponentChildren;
  readonly keep?: Readonly<Record<string, string | undefined>>;
  readonly children: ComponentChildren;
}

/** A page about a unit: its head and the way to its other pages. */
export function UnitFrame({
  unit,
  name,
  times,
  today,
  visitor,
  current,
  counts = {},
  lede,
  keep,
  children,
}: UnitFrameProps): VNode {
  const path = `/enheter/${unit}`;
  const kept = timesQuery(times, today);
  const tabs = [
    ['persons', path, 'Personer', counts.persons],
    ['due', `${path}/forfaller`, 'Förfaller', counts.due],
    ['staff', `${path}/personal`, 'Personal', undefined],
  ] as const;
  const here = tabs.find(([tab]) => tab === current)?.[1] ?? path;
  return (
    <Document title={name} place="units" visitor={visitor}>
      <Head
        title={name}
        crumbs={[{ href: '/enheter', words: 'Enheter' }]}
        times={times}
        beside={[
          <ChooseDay key="day" path={here} times={times} keep={keep} />,
          <a key="record" class="no-print" href={`/registrera/enhet/${unit}`}>
            Registrera
          </a>,
          <button key="print" class="small plain no-print" type="button" data-print hidden>
            Skriv ut
          </button>,
        ]}
      >
        {lede === undefined ? null : <p class="lede">{lede}</p>}
        <nav class="tabs" aria-label="Enheten">
          <ul>
            {tabs.map(([tab, href, words, count]) => (
              <li key={tab}>
                <a href={address(href, kept)} aria-current={tab === current ? 'page' : undefined}>
                  {words}
                  {count === undefined ? '' : ` ${count}`}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </Head>
      <div class="wrap">{children}</div>
    </Document>
  );
}
