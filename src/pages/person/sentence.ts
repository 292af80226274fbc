import type { EpisodeInPicture } from '../../answers/compliance/get-picture.js';
import { lacksOf } from '../units/unit-view.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { NAMELESS } from '../words/state-words.js';

/** The state of an episode in one sentence, as of a day. */
export function stateSentence(episode: EpisodeInPicture, on: string): string {
  const { row, ongoing } = episode;
  if (!row) {
    if (ongoing === undefined || ongoing.from > on) return 'Omsorgen har inte börjat.';
    return `Omsorgen upphörde den ${longDay(ongoing.to ?? on)}.`;
  }
  const answered = episode.standing.findLast(({ from }) => from <= on)?.from;
  const contact = row.contacts.find(({ role }) => role === 'PRIMARY');
  const since = episode.assignments.find(({ assignment }) => assignment === contact?.assignment)?.from;
  switch (row.state) {
    case 'ACTIVE':
      return `${contact?.name ?? NAMELESS} är fast omsorgskontakt sedan den ${longDay(since ?? on)}.`;
    case 'ACCEPTED_NO_CONTACT':
      return `Tackade ja till fast omsorgskontakt den ${longDay(answered ?? on)} men har ingen.`;
    case 'DECLINED':
      return `Tackade nej till fast omsorgskontakt den ${longDay(answered ?? on)}.`;
    case 'OFFER_PENDING':
      return 'Har erbjudits fast omsorgskontakt och inte svarat.';
    case 'UNNECESSARY':
      return 'Fast omsorgskontakt är bedömd som uppenbart obehövlig.';
    case 'UNNECESSARY_REASSESS':
      return 'Bedömningen att fast omsorgskontakt är uppenbart obehövligt behöver göras om.';
    case 'PAUSED':
      return `Omsorgen har uppehåll sedan den ${longDay(episode.paused.findLast(({ from }) => from <= on)?.from ?? on)}.`;
    case 'NOT_OFFERED':
      return 'Har inte erbjudits någon fast omsorgskontakt.';
  }
}

/** What is wanting, as sentences after it; the worst first. */
export function lackSentence({ row }: EpisodeInPicture): string {
  const lacks = row ? lacksOf(row) : [];
  const [first, second, ...more] = lacks;
  const said = [first, second].flatMap((lack) => (lack ? [`${lack.words} sedan ${longDay(lack.since)}.`] : []));
  if (more.length > 0) said.push(`${more.length} till står under Reglerna nu.`);
  return said.join(' ');
}
