import type { VNode } from 'preact';
import type { UnitRow } from '../../answers/current-state/unit-row.js';
import { StatusBadge } from '../components/status.js';
import type { Lack } from './unit-view.js';

/** What is wanting, whose where several contacts are, and since when. */
export function LackLine({
  lack: { status, kind, words, since, assignment },
  contacts,
}: {
  readonly lack: Lack;
  readonly contacts: UnitRow['contacts'];
}): VNode {
  const whose = contacts.length > 1 ? contacts.find((one) => one.assignment === assignment)?.name : undefined;
  return (
    <div>
      <StatusBadge status={status} kind={kind} lack={words} />{' '}
      <span class="small muted">
        {since}
        {whose == null ? '' : ` ${whose}`}
      </span>
    </div>
  );
}
