import type { VNode } from 'preact';
import type { DueItem } from '../../answers/current-state/due-items.js';
import { timesQuery } from '../components/head.js';
import { Panel } from '../components/panel.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { DueList } from './due-list.js';
import { UnitFrame, type UnitFrameProps } from './unit-frame.js';
import type { ListedRow } from './unit-view.js';

interface DuePageProps extends Pick<UnitFrameProps, 'unit' | 'name' | 'times' | 'today' | 'visitor'> {
  readonly items: readonly DueItem[];
  readonly rows: readonly ListedRow[];
  /** The last day that is looked at, `YYYY-MM-DD`. */
  readonly to: string;
}

/** All that is to be done in a unit in the weeks to come. */
export function DuePage({ items, rows, to, ...frame }: DuePageProps): VNode {
  return (
    <UnitFrame
      {...frame}
      current="due"
      counts={{ persons: rows.length, due: items.length }}
      lede={`${items.length === 1 ? '1 sak' : `${items.length} saker`} förfaller till och med ${longDay(to)}.`}
    >
      <Panel title="Förfaller" beside="dagen är den sista som är i tid">
        <div class="body">
          <DueList items={items} rows={rows} kept={timesQuery(frame.times, frame.today)} />
        </div>
      </Panel>
    </UnitFrame>
  );
}
