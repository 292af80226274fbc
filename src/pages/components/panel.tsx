import type { ComponentChildren, VNode } from 'preact';

interface PanelProps {
  readonly title: ComponentChildren;
  readonly id?: string;
  /** Small, at the other end of the heading. */
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a page under a heading of its own. */
export function Panel({ title, id, beside, children }: PanelProps): VNode {
  return (
    <section class="panel" id={id}>
      <header>
        <h2>{title}</h2>
        {beside === undefined ? null : <span class="small muted">{beside}</span>}
      </header>
      {children}
    </section>
  );
}

/** Facts under their labels. */
export function Pairs({
  of,
  counts,
}: {
  readonly of: readonly (readonly [label: string, value: ComponentChildren])[];
  readonly counts?: true;
}): VNode {
  return (
    <dl class={counts ? 'pairs count' : 'pairs'}>
      {of.map(([label, value]) => [<dt key={`${label}?`}>{label}</dt>, <dd key={label}>{value}</dd>])}
    </dl>
  );
}
