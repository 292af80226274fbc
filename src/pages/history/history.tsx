import type { VNode } from 'preact';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { roleWords } from '../../facts/labels.js';
import type { Names } from '../../answers/text/names.js';
import type { TimelineEntry } from '../../answers/timeline/timeline.js';
import { Pairs } from '../components/panel.js';
import { civil, daysBetween, longDay, shortDate, shortDay } from '../../kernel/time/swedish-dates.js';
import { fieldLines, type Remark, type ToldEntry } from './told-entry.js';

export interface HistoryProps {
  readonly entries: readonly ToldEntry[];
  readonly names: Names;
  readonly newestFirst: boolean;
  /** How far the log is sealed; absent where nothing seals it. */
  readonly evidence?: EvidenceFigures;
  /** Where an entry can be replayed: what it changed. */
  readonly stepHref?: (position: string) => string;
  /** Where an entry can be corrected. */
  readonly mendHref?: (event: string) => string;
}

/** A history as a list: under each year the days, on each day what happened. */
export function History({ entries, newestFirst, ...rest }: HistoryProps): VNode {
  const ordered = newestFirst ? [...entries].reverse() : entries;
  return (
    <div class="history">
      {ordered.map((told, at) => {
        const before = ordered[at - 1];
        const year = told.day.slice(0, 4);
        return [
          before?.day.slice(0, 4) === year ? null : (
            <h3 class="year" key={year}>
              {year}
            </h3>
          ),
          <EntryArticle key={told.entry.eventId} told={told} sameDay={before?.day === told.day} {...rest} />,
        ];
      })}
      {entries.length === 0 ? <p class="body">Inget är registrerat.</p> : null}
    </div>
  );
}

function EntryArticle({
  told,
  sameDay,
  names,
  evidence,
  stepHref,
  mendHref,
}: Omit<HistoryProps, 'entries' | 'newestFirst'> & { readonly told: ToldEntry; readonly sameDay: boolean }): VNode {
  const { entry, day, heading, what, correction, annulment, disputes } = told;
  const classes = ['entry', ...(sameDay ? [] : ['new-day']), ...(annulment ? ['annulled'] : [])].join(' ');
  return (
    <article class={classes} id={`h-${entry.position}`}>
      <time dateTime={day} class={sameDay ? 'hidden' : undefined}>
        {shortDay(day)}
      </time>
      {sameDay ? <span></span> : null}
      <div>
        <h4>{heading}</h4>
        {what === '' ? null : <p class="what">{what}</p>}
        <p class="small muted">{writerOf(entry, names)}.</p>
        {entry.late ? <LateLine entry={entry} /> : null}
        {correction ? (
          <div class="aside">
            <p>
              <strong>Rättad.</strong>{' '}
              {correction.changes.map(({ label, was, is }) => (
                <span key={label}>
                  {`${capitalised(label)} stod som `}
                  <del>{was}</del>, rätt är {is}.{' '}
                </span>
              ))}
            </p>
            <RemarkLine remark={correction} names={names} />
          </div>
        ) : null}
        {annulment ? (
          <div class="aside">
            <p>
              <strong>Makulerad.</strong>
            </p>
            <RemarkLine remark={annulment} names={names} />
          </div>
        ) : null}
        {disputes.map((dispute) => (
          <div class="aside" key={dispute.entry?.eventId ?? dispute.text}>
            <p>
              <strong>Bestridd.</strong> Omsorgstagaren menar: {dispute.text}
            </p>
            <RemarkLine remark={{ ...dispute, text: '' }} names={names} />
          </div>
        ))}
        <details>
          <summary class="small">
            Underlag och bevis
            <span class="hidden">
              {' '}
              för {heading}, {longDay(day)}
            </span>
          </summary>
          <div class="box">
            <Pairs of={evidencePairs(told, names, evidence)} />
            <p class="buttons no-print">
              {stepHref ? <a href={stepHref(entry.position)}>Vad händelsen ändrade</a> : null}
              {mendHref ? <a href={mendHref(entry.eventId)}>Rätta, makulera eller bestrid</a> : null}
            </p>
          </div>
        </details>
      </div>
    </article>
  );
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Who wrote it down, in which capacity. */
function writerOf({ actor, staff }: TimelineEntry, names: Names): string {
  const name = names.of(actor.id);
  const who = name === actor.id ? roleWords(actor.role) : `${name}, ${roleWords(actor.role)}`;
  return staff === undefined ? capitalised(who) : `Medarbetare: ${staff.name ?? 'okänd'}. ${capitalised(who)}`;
}

function LateLine({
  entry: { recordedAt, documentedAt, effectiveOn, lateReason },
}: {
  readonly entry: TimelineEntry;
}): VNode {
  const { day } = civil(documentedAt ?? recordedAt);
  const days = daysBetween(effectiveOn, day);
  return (
    <p class="small warn">
      {documentedAt === undefined ? 'Registrerad' : 'Dokumenterad'} {shortDate(day)}, {days} dagar senare
      {lateReason === undefined ? '' : `: ${lateReason}`}
    </p>
  );
}

function RemarkLine({ remark: { text, entry }, names }: { readonly remark: Remark; readonly names: Names }): VNode {
  const by = entry === undefined ? '' : `${writerOf(entry, names)}, ${shortDate(civil(entry.recordedAt).day)}.`;
  return (
    <p class="muted">
      {text === '' ? '' : `${text.replace(/\.$/, '')}. `}
      {by}
    </p>
  );
}

function evidencePairs(
  { entry, day }: ToldEntry,
  names: Names,
  evidence: EvidenceFigures | undefined,
): (readonly [string, VNode | string])[] {
  const { data, effective, recordedAt, documentedAt, position, eventId, type } = entry;
  const recorded = civil(recordedAt);
  return [
    ...fieldLines(type, effective?.data ?? data, names),
    ['Gäller från', longDay(day)],
    ['Registrerad', `${longDay(recorded.day)} kl. ${recorded.time}`],
    ...(documentedAt === undefined
      ? []
      : [['Dokumenterad', `${longDay(civil(documentedAt).day)}, enligt källan`] as const]),
    ...(evidence === undefined ? [] : [['Bevis', proofWords(BigInt(position), evidence)] as const]),
    ['Plats i loggen', position],
    ['Händelsens id', <code key="id">{eventId}</code>],
  ];
}

function proofWords(position: bigint, { sealed, witnessed }: EvidenceFigures): string {
  if (position > BigInt(sealed)) return 'Ingår ännu inte i en kontrollpunkt';
  const vouched = witnessed !== undefined && position <= BigInt(witnessed.size) ? ', som vittnen har bekräftat' : '';
  return `Ingår i kontrollpunkten över ${sealed} händelser${vouched}`;
}
