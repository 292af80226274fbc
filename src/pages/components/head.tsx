import type { ComponentChildren, VNode } from 'preact';
import { address } from '../asked.js';
import { atTime, longDay } from '../../kernel/time/swedish-dates.js';

/** The two times that an answer has: the day that it is about, and what was known. */
export interface Times {
  /** `YYYY-MM-DD` */
  readonly on: string;
  /** The knowledge time that was asked for; what is known now where it is absent. */
  readonly knownAt?: string;
}

export interface Crumb {
  readonly href: string;
  readonly words: string;
}

interface HeadProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  readonly times?: Times;
  /** What stands beside the two times: links. */
  readonly beside?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** On a panel of its own, for one person or one form. */
  readonly panel?: true;
}

/** The head of a page: the way back, what it is called, for when it holds, and its first sentence. */
export function Head({ title, crumbs = [], times, beside, children, panel }: HeadProps): VNode {
  return (
    <div class={panel ? 'head-panel' : undefined}>
      <div class="wrap head">
        {crumbs.length === 0 ? null : (
          <ol class="crumbs small" aria-label="Var du är">
            {crumbs.map(({ href, words }) => (
              <li key={href}>
                <a href={href}>{words}</a>
              </li>
            ))}
          </ol>
        )}
        <div class="title-row">
          <h1>{title}</h1>
          {times || beside ? (
            <div class="when small">
              {times ? <TimesTold {...times} /> : null}
              {beside}
            </div>
          ) : null}
        </div>
        {children}
      </div>
    </div>
  );
}

export function TimesTold({ on, knownAt }: Times): VNode {
  return (
    <span>
      Läget <strong>{longDay(on)}</strong>,{' '}
      {knownAt === undefined ? 'enligt det vi vet nu' : `enligt det vi visste ${atTime(knownAt)}`}
    </span>
  );
}

/** The query that keeps the two times from page to page; nothing where they are those that hold without. */
export function timesQuery({ on, knownAt }: Times, today: string): { readonly dag?: string; readonly kant?: string } {
  return { ...(on === today ? {} : { dag: on }), ...(knownAt === undefined ? {} : { kant: knownAt }) };
}

/** A form that asks the same page about another day. */
export function ChooseDay({
  path,
  times,
  keep = {},
}: {
  readonly path: string;
  readonly times: Times;
  readonly keep?: Readonly<Record<string, string | undefined>>;
}): VNode {
  return (
    <details class="no-print">
      <summary>Byt dag</summary>
      <form class="buttons" method="get" action={path}>
        {Object.entries(keep).map(([name, value]) =>
          value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        <span>
          <label for="dag">Dag, år-månad-dag</label>{' '}
          <input type="text" id="dag" name="dag" value={times.on} inputMode="numeric" class="day" maxLength={10} />
        </span>
        {times.knownAt === undefined ? null : <input type="hidden" name="kant" value={times.knownAt} />}
        <button class="small" type="submit">
          Visa
        </button>
        {times.knownAt === undefined ? null : <a href={address(path, { ...keep, dag: times.on })}>Det vi vet nu</a>}
      </form>
    </details>
  );
}

/** What a reader has to be told of an answer: that it is behind, or not whole. */
export function Remarks({
  late,
  waiting,
  parked,
  warning,
}: {
  readonly late?: boolean;
  readonly waiting?: boolean;
  readonly parked?: boolean;
  readonly warning?: string;
}): VNode | null {
  const said = [
    ...(warning === undefined ? [] : [warning]),
    ...(late ? ['Svaret ligger efter: mer hade registrerats när du frågade. Läs om sidan.'] : []),
    ...(waiting ? ['En del väntar på att bedömas på nytt. Läs om sidan om en stund.'] : []),
    ...(parked
      ? ['En del kunde inte läsas eller bedömas och har lagts åt sidan. Den som driver registret vet mer.']
      : []),
  ];
  if (said.length === 0) return null;
  return (
    <div class="wrap">
      <div class="conflict">
        {said.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </div>
  );
}
