import type { ComponentChildren, VNode } from 'preact';

/** A column: its heading, and whether it holds numbers. */
export interface Column {
  readonly words: string;
  readonly number?: true;
}

/** A table that lays its rows out as blocks on a phone; roles are said, since that layout takes them away. */
export function Table({
  label,
  columns,
  children,
  stacks = true,
}: {
  /** What the table is, for who cannot see where it stands. */
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ComponentChildren;
  readonly stacks?: boolean;
}): VNode {
  return (
    <table role="table" class={stacks ? 'stacks' : undefined} aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ words, number }) => (
            <th key={words} role="columnheader" scope="col" class={number ? 'number' : undefined}>
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

/** A row that gathers those under it. */
export function GroupRow({ width, children }: { readonly width: number; readonly children: ComponentChildren }): VNode {
  return (
    <tr role="row" class="group">
      <th role="rowheader" scope="rowgroup" colSpan={width}>
        {children}
      </th>
    </tr>
  );
}

/** @param name what a list is narrowed by, in lower case */
export function Row({ name, children }: { readonly name?: string; readonly children: ComponentChildren }): VNode {
  return (
    <tr role="row" data-name={name}>
      {children}
    </tr>
  );
}

export function RowHead({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <th role="rowheader" scope="row">
      {children}
    </th>
  );
}

/** @param label of the column, where the row is a block */
export function Cell({
  label,
  number,
  changed,
  children,
}: {
  readonly label?: string;
  readonly number?: boolean;
  readonly changed?: boolean;
  readonly children?: ComponentChildren;
}): VNode {
  const classes = [...(number ? ['number'] : []), ...(changed ? ['changed'] : [])].join(' ');
  return (
    <td role="cell" data-label={label} class={classes === '' ? undefined : classes}>
      {children}
    </td>
  );
}
