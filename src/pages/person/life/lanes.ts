import type { EpisodeInPicture, Run } from '../../../answers/compliance/get-picture.js';
import type { RuleInTime } from '../../../answers/compliance/compliance.js';
import { RULES } from '../../../compliance-rules/index.js';
import type { RuleKind, Status } from '../../../compliance-rules/model.js';
import { dayOf } from '../../../kernel/time/day.js';
import type { ToldEntry } from '../../history/told-entry.js';
import { civil, longDay } from '../../../kernel/time/swedish-dates.js';
import { ruleWords, STATUS_WORDS } from '../../words/rule-words.js';
import { NAMELESS } from '../../words/state-words.js';

/** How a bar is painted. */
export type Paint = 'main' | 'second' | 'waiting' | 'no' | 'empty' | 'absent' | 'overdue';

/** A run of days in a lane. Days are numbers, `to` the first day after it. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly paint: Paint;
  readonly words?: string;
  readonly title: string;
}

/** Something that happened on a day. */
export interface Mark {
  readonly day: number;
  readonly letter: string;
  readonly title: string;
  readonly corrected: boolean;
  readonly annulled: boolean;
  readonly disputed: boolean;
  /** The day on which it was written down, where that was late. */
  readonly writtenOn?: number;
}

export interface Lane {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
}

/** What a rule says, run by run. */
export interface RuleRun {
  readonly from: number;
  readonly to: number;
  readonly status: Status;
  readonly kind: RuleKind;
  readonly title: string;
}

export interface RuleLane {
  readonly rule: string;
  readonly name: string;
  readonly runs: readonly RuleRun[];
}

/** A life as a picture: lanes of what happened, and of what the rules say. */
export interface Life {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
  readonly law: readonly RuleLane[];
  readonly local: readonly RuleLane[];
}

const LETTERS: Readonly<Record<string, readonly [lane: LaneName, letter: string]>> = {
  CareEpisodeStarted: ['care', 'S'],
  CareEpisodeEnded: ['care', 'S'],
  CareEpisodePaused: ['care', 'X'],
  CareEpisodeResumed: ['care', 'X'],
  CareEpisodeMovedUnit: ['care', '→'],
  ServicesChanged: ['care', '±'],
  InformationGiven: ['offer', 'i'],
  ContactOffered: ['offer', 'E'],
  OfferAccepted: ['offer', 'J'],
  OfferDeclined: ['offer', 'N'],
  ObviousUnnecessityAssessed: ['offer', 'O'],
  ContactAssigned: ['contact', 'U'],
  ContactReplaced: ['contact', 'Y'],
  ContactEnded: ['contact', 'S'],
  PlanMeetingBooked: ['plan', 'M'],
  PlanMeetingHeld: ['plan', 'G'],
  PlanAgreed: ['plan', 'P'],
  PlanDeclined: ['plan', 'N'],
  PlanRevised: ['plan', 'R'],
  FollowUpHeld: ['plan', 'F'],
  FollowUpNotHeld: ['plan', '!'],
};

/** What the letters mean, in the order in which they are explained. */
export const LETTER_WORDS: readonly (readonly [letter: string, words: string])[] = [
  ['S', 'start eller slut'],
  ['X', 'uppehåll'],
  ['→', 'annan enhet'],
  ['±', 'insatser ändrade'],
  ['i', 'information'],
  ['E', 'erbjuden'],
  ['J', 'ja'],
  ['N', 'nej'],
  ['O', 'uppenbart obehövligt'],
  ['U', 'utsedd'],
  ['Y', 'bytt'],
  ['V', 'vice'],
  ['M', 'möte bokat'],
  ['G', 'genomgång hållen'],
  ['P', 'plan'],
  ['R', 'reviderad'],
  ['F', 'uppföljning'],
  ['!', 'uppföljning blev inte av'],
];

type LaneName = 'care' | 'offer' | 'contact' | 'plan';

/** Days before the first entry that the picture shows. */
const BEFORE = 30;

/**
 * The picture of one episode.
 * @param entries the person's history; only those of the episode are marked
 * @param on the last day that is shown, `YYYY-MM-DD`
 */
export function lifeOf(episode: EpisodeInPicture, entries: readonly ToldEntry[], on: string): Life {
  const own = entries.filter(({ entry }) => entry.stream === `careEpisode-${episode.episode}`);
  const to = dayOf(on) + 1;
  const first = Math.min(
    ...own.map(({ day }) => dayOf(day)),
    ...(episode.ongoing ? [dayOf(episode.ongoing.from)] : []),
    to - 60,
  );
  const from = first - BEFORE;
  const marks = own.flatMap(markOf).filter(({ mark }) => mark.day < to);
  const inLane = (name: LaneName): Mark[] => marks.filter(({ lane }) => lane === name).map(({ mark }) => mark);
  const bars = (found: readonly Bar[]): Bar[] =>
    found.map((bar) => ({ ...bar, to: Math.min(bar.to, to) })).filter((bar) => bar.from < bar.to);
  return {
    from,
    to,
    lanes: [
      { name: 'Omsorg', bars: bars(careBars(episode)), marks: inLane('care') },
      { name: 'Erbjudande, svar', bars: bars(offerBars(episode)), marks: inLane('offer') },
      { name: 'Kontakt', bars: bars(contactBars(episode, ['PRIMARY'])), marks: inLane('contact') },
      ...otherContacts(episode).map((found) => ({ name: 'Andra, vice', bars: bars(found), marks: [] })),
      { name: 'Plan, uppföljning', bars: bars(planBars(episode)), marks: inLane('plan') },
    ],
    law: ruleLanes(episode.rules, 'STATUTORY', to),
    local: ruleLanes(episode.rules, 'LOCAL', to),
  };
}

function days({ from, to }: Run): { from: number; to: number } {
  return { from: dayOf(from), to: to === undefined ? Infinity : dayOf(to) };
}

function through({ from, to }: Run): string {
  return to === undefined ? `från ${longDay(from)}` : `${longDay(from)} till ${longDay(to)}`;
}

function markOf({ entry, day, heading, correction, annulment, disputes }: ToldEntry): { lane: LaneName; mark: Mark }[] {
  const found = LETTERS[entry.type];
  if (!found) return [];
  const [lane, letter] = found;
  const role = (entry.effective?.data ?? entry.data)['role'];
  const written = dayOf(civil(entry.documentedAt ?? entry.recordedAt).day);
  return [
    {
      lane,
      mark: {
        day: dayOf(day),
        letter: role === 'DEPUTY' ? 'V' : letter,
        title: `${heading} ${longDay(day)}${correction ? ', rättad' : ''}${annulment ? ', makulerad' : ''}`,
        corrected: correction !== undefined,
        annulled: annulment !== undefined,
        disputed: disputes.length > 0,
        ...(entry.late ? { writtenOn: written } : {}),
      },
    },
  ];
}

function careBars({ ongoing, paused }: EpisodeInPicture): Bar[] {
  if (!ongoing) return [];
  return [
    { ...days(ongoing), paint: 'second', title: `Omsorg ${through(ongoing)}` },
    ...paused.map((run): Bar => ({ ...days(run), paint: 'absent', title: `Uppehåll ${through(run)}` })),
  ];
}

function offerBars({ offeredFrom, standing, unnecessary, ongoing }: EpisodeInPicture): Bar[] {
  const end = ongoing?.to === undefined ? Infinity : dayOf(ongoing.to);
  const answered = standing[0] ? dayOf(standing[0].from) : end;
  return [
    ...unnecessary.map((run): Bar => ({
      ...days(run),
      to: Math.min(days(run).to, offeredFrom === undefined ? end : dayOf(offeredFrom)),
      paint: 'empty',
      words: 'OBEHÖVLIGT',
      title: `Bedömd uppenbart obehövlig ${through(run)}`,
    })),
    ...(offeredFrom === undefined
      ? []
      : [
          {
            from: dayOf(offeredFrom),
            to: answered,
            paint: 'waiting' as const,
            title: `Erbjuden ${longDay(offeredFrom)}, väntar på svar`,
          },
        ]),
    ...standing.map((run): Bar => ({
      from: dayOf(run.from),
      to: Math.min(days(run).to, end),
      paint: run.answer === 'YES' ? 'main' : 'no',
      words: run.answer === 'YES' ? 'JA' : 'NEJ',
      title: `${run.answer === 'YES' ? 'Ja' : 'Nej'} ${through(run)}`,
    })),
  ];
}

function contactBars({ assignments }: EpisodeInPicture, roles: readonly string[]): Bar[] {
  const of = assignments.filter(({ role }) => roles.includes(role)).sort((a, b) => (a.from < b.from ? -1 : 1));
  return of.flatMap((one, at) => {
    const name = one.name ?? NAMELESS;
    return [
      { ...days(one), paint: at % 2 === 0 ? 'main' : 'second', words: name, title: `${name} ${through(one)}` } as Bar,
      ...one.absent.map((run): Bar => ({
        ...days(run),
        paint: 'absent',
        title: `${name} frånvarande ${through(run)}`,
      })),
    ];
  });
}

function otherContacts(episode: EpisodeInPicture): Bar[][] {
  const bars = contactBars(episode, ['SECOND', 'DEPUTY']);
  return bars.length === 0 ? [] : [bars];
}

function planBars({ planAgreedFrom, ongoing, rules }: EpisodeInPicture): Bar[] {
  if (planAgreedFrom === undefined) return [];
  const end = ongoing?.to === undefined ? Infinity : dayOf(ongoing.to);
  return [
    {
      from: dayOf(planAgreedFrom),
      to: end,
      paint: 'second',
      title: `Genomförandeplan från ${longDay(planAgreedFrom)}`,
    },
    ...rules
      .filter(({ rule, status }) => rule === 'FOLLOW_UP' && status === 'BREACH')
      .map((run): Bar => ({
        ...days(run),
        paint: 'overdue',
        words: 'försenad',
        title: `Uppföljning försenad ${through(run)}`,
      })),
  ];
}

function ruleLanes(rules: readonly RuleInTime[], kind: RuleKind, end: number): RuleLane[] {
  return RULES.flatMap(({ id }) => {
    const runs = rules
      .filter((run) => run.rule === id && run.kind === kind)
      .map((run): RuleRun => ({
        from: days(run).from,
        to: Math.min(days(run).to, end),
        status: run.status,
        kind,
        title: `${ruleWords(id).name}: ${STATUS_WORDS[run.status].toLowerCase()} ${through(run)}`,
      }))
      .filter(({ from, to }) => from < to)
      .sort((a, b) => SEVERITY[a.status] - SEVERITY[b.status]);
    return runs.length === 0 ? [] : [{ rule: id, name: ruleWords(id).name, runs }];
  });
}

/** Worse is painted over better, where several assignments are judged at once. */
const SEVERITY: Readonly<Record<Status, number>> = { MET: 0, DUE: 1, WARNING: 2, BREACH: 3 };
