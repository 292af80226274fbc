import { atTime, longDay } from '../kernel/time/swedish-dates.js';

/** What a document says of itself: on its first page, and again at the foot of each. */
export interface DocumentHead {
  /** Swedish: what kind of document it is. */
  readonly title: string;
  /** Swedish: what or whom it is about, under the title. */
  readonly subtitle?: string;
  /** The name of the controller. */
  readonly controller: string;
  /** The day that it is about, `YYYY-MM-DD`. */
  readonly on?: string;
  /** By whose knowledge, RFC 3339. */
  readonly knownAt?: string;
  /** How far the log went. */
  readonly position?: string;
  /** What names that state of the log for whoever checks it: a checkpoint, or the leaf of its last entry. */
  readonly checkpoint?: string | null;
  /** When the answer was made, RFC 3339. */
  readonly generatedAt: string;
}

/** The head in words, as every template reads it. */
export interface HeadWords {
  readonly title: string;
  readonly subtitle: string;
  readonly controller: string;
  /** For the file's own data: title and what it is about. */
  readonly fileTitle: string;
  /** At the foot of every page. */
  readonly foot: readonly string[];
}

/** A document's head as people read it. */
export function headWords(head: DocumentHead): HeadWords {
  const { title, subtitle = '', controller, on, knownAt, position, checkpoint, generatedAt } = head;
  return {
    title,
    subtitle,
    controller,
    fileTitle: [title, controller, ...(on === undefined ? [] : [longDay(on)])].join(', '),
    foot: [
      [
        ...(on === undefined ? [] : [`Avser ${longDay(on)}`]),
        ...(knownAt === undefined ? [] : [`enligt vad som var känt ${atTime(knownAt)}`]),
        ...(position === undefined ? [] : [`händelse ${position}`]),
      ].join(' · '),
      [
        ...(checkpoint === undefined || checkpoint === null ? [] : [`Kontrollpunkt ${checkpoint.slice(0, 16)}`]),
        `framställd ${atTime(generatedAt)}`,
      ].join(' · '),
    ].map((line) => `${line.charAt(0).toUpperCase()}${line.slice(1)}`),
  };
}
