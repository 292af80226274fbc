import type { VNode } from 'preact';
import type { RuleKind, Status } from '../../compliance-rules/model.js';
import { STATUS_WORDS } from '../words/rule-words.js';

/** The sign of a status. It is drawn in the colour of the text beside it, which says the same in words. */
export function StatusIcon({ status, kind }: { readonly status: Status; readonly kind: RuleKind }): VNode {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      {drawn(status, kind)}
    </svg>
  );
}

function drawn(status: Status, kind: RuleKind): VNode {
  if (status === 'MET') return <path d="M2 7.5 5.5 11 12 3.5" fill="none" stroke="currentColor" stroke-width="1.8" />;
  if (status === 'DUE')
    return (
      <g fill="none" stroke="currentColor" stroke-width="1.5">
        <circle cx="7" cy="7" r="5.8" />
        <path d="M7 3.6V7.2l2.4 1.5" />
      </g>
    );
  if (status === 'WARNING')
    return (
      <g fill="none" stroke="currentColor" stroke-width="1.5">
        <path d="M7 1.5 13.2 12.6H.8Z" stroke-linejoin="round" />
        <path d="M7 5.5v3.4M7 10v1.3" />
      </g>
    );
  // Law is filled, the municipality's own routine is outlined.
  return kind === 'STATUTORY' ? (
    <path fill="currentColor" fill-rule="evenodd" d="M1 1h12v12H1ZM6.1 3.2h1.8v5H6.1Zm0 6.2h1.8V11H6.1Z" />
  ) : (
    <g fill="none" stroke="currentColor" stroke-width="1.5">
      <rect x="1.25" y="1.25" width="11.5" height="11.5" rx="1" />
      <path d="M7 3.6v4.2M7 9.2v1.4" />
    </g>
  );
}

export function WrongIcon(): VNode {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      <path
        fill="currentColor"
        fill-rule="evenodd"
        d="M7 .8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 7 .8ZM4.3 5.4 5.9 7 4.3 8.6l1.1 1.1L7 8.1l1.6 1.6 1.1-1.1L8.1 7l1.6-1.6-1.1-1.1L7 5.9 5.4 4.3Z"
      />
    </svg>
  );
}

const CLASSES: Readonly<Record<Status, string>> = { MET: 'ok', DUE: 'due', BREACH: 'bad', WARNING: 'warn' };

/** A status as sign and words: the status's own word, or what is wanting. */
export function StatusBadge({
  status,
  kind,
  lack,
}: {
  readonly status: Status;
  readonly kind: RuleKind;
  /** What is wanting, said in place of the status. */
  readonly lack?: string;
}): VNode {
  const of = kind === 'LOCAL' ? ' local' : '';
  return (
    <span class={`status ${CLASSES[status]}${of}${lack === undefined ? ' word' : ''}`}>
      <StatusIcon status={status} kind={kind} />
      <span>{lack ?? STATUS_WORDS[status]}</span>
    </span>
  );
}
