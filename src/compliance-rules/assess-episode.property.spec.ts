import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, formatDay } from '../kernel/time/day.js';
import { assessAt, assessEpisode, prepare } from './assess-episode.js';
import type { Dossier, Segment } from './model.js';
import {
  absent,
  accepted,
  annulled,
  assigned,
  back,
  contactEnded,
  corrected,
  declined,
  employed,
  ended,
  followUpHeld,
  followUpNotHeld,
  followUpPlanned,
  GivenFact,
  left,
  movedUnit,
  offered,
  onLeave,
  paused,
  planAgreed,
  planRevised,
  policy,
  recordedIn,
  replaced,
  resumed,
  servicesChanged,
  signed,
  started,
  titleVerified,
  titleWithdrawn,
  trained,
  transitionDocumented,
  unitOpened,
  unnecessary,
  yearlyHeld,
} from './testing/facts.spec-helper.js';
import { dossierOf } from './testing/history.spec-helper.js';

const FIRST = dayOf('2022-05-01');
const DAYS = 1200;

/** What can be entered, given a day; ids are few, so that entries meet. */
const KINDS: readonly ((day: string, pick: number) => GivenFact)[] = [
  (day) => paused(day),
  (day) => resumed(day),
  (day, pick) => (pick === 0 ? ended(day) : servicesChanged(day, 'MEALS')),
  (day, pick) =>
    servicesChanged(day, ...(pick % 2 ? (['PERSONAL_CARE'] as const) : (['MEALS', 'PERSONAL_CARE'] as const))),
  (day, pick) => unnecessary(day, pick % 2 ? {} : { recipientView: null }),
  (day, pick) => offered(day, `o${pick % 3}`),
  (day, pick) => accepted(day, `o${pick % 3}`),
  (day, pick) => declined(day, `o${pick % 3}`, pick % 2 ? {} : { reasonCode: 'OTHER' }),
  (day, pick) => assigned(day, `a${pick % 4}`, pick % 2 ? 'anna' : 'bo', pick > 5 ? 'SECOND' : 'PRIMARY'),
  (day, pick) => replaced(day, `a${pick % 4}`, `r${pick % 4}`, 'cleo'),
  (day, pick) => contactEnded(day, `a${pick % 4}`),
  (day, pick) => absent(day, `a${pick % 4}`),
  (day, pick) => back(day, `a${pick % 4}`),
  (day, pick) => planAgreed(day, { contacts: [`a${pick % 4}`], ...(pick % 2 ? { followUpOn: '2023-06-01' } : {}) }),
  (day) => planRevised(day),
  (day) => followUpHeld(day),
  (day) => followUpPlanned(day, '2023-09-01'),
  (day) => followUpNotHeld(day),
  (day, pick) => recordedIn((['JOURNAL', 'PLAN', 'PROFILE'] as const)[pick % 3]!, day, `a${pick % 4}`),
  (day, pick) => movedUnit(day, pick % 2 ? 'other' : 'unit'),
  (day) => left('anna', day),
  (day) => employed('anna', day),
  (day) => onLeave('bo', day),
  (day) => titleVerified('anna', day, '2023-08-01').as('check'),
  (day) => titleWithdrawn('anna', day, 'check'),
  (day) => transitionDocumented('bo', day),
  (day) => trained('anna', day),
  (day, pick) => signed('anna', day, `a${pick % 4}`),
  (day) => yearlyHeld('anna', day),
  (day, pick) =>
    policy(day, { offerTargetDays: pick, allowTransition: pick % 2 === 0, localRulesFor: pick % 3 ? ['LSS'] : [] }),
];

const fact = fc.tuple(fc.nat(KINDS.length - 1), fc.nat(DAYS), fc.nat(9));
const opening = fc.record({
  day: fc.nat(300),
  careForm: fc.constantFrom('HOME_CARE' as const, 'LSS' as const, 'RESIDENTIAL_CARE' as const),
});
const UNITS = [
  unitOpened('unit', '2000-01-01', 'municipality'),
  unitOpened('other', '2000-01-01', 'other', 'municipality'),
];

/** An id that was given away stands for that entry alone, as in the register. */
function withOwnIds(facts: readonly GivenFact[]): GivenFact[] {
  const taken = new Set<string>();
  return facts.filter(({ ref }) => ref === undefined || (!taken.has(ref) && taken.add(ref)));
}

function build([kind, offset, pick]: readonly [number, number, number]): GivenFact {
  return KINDS[kind]!(formatDay(FIRST + offset), pick);
}

/** Evidence names entries; in a shuffled history those without a name of their own have other numbers. */
function without(segments: readonly Segment[] | undefined): unknown[] {
  return (segments ?? []).map((segment) => ({ ...segment, evidence: undefined, evidenceFrom: undefined }));
}

const history = fc.tuple(opening, fc.array(fact, { maxLength: 40 })).map(([{ day, careForm }, facts]) => ({
  start: started(formatDay(FIRST + day), { careForm }),
  facts: withOwnIds(facts.map(build)),
}));

describe('any history', () => {
  it('gives segments that are longest runs, disjoint, and on judged days alone', () => {
    fc.assert(
      fc.property(history, ({ start, facts }) => {
        const assessment = assessEpisode(dossierOf([...UNITS, start, ...facts]))!;
        const last = new Map<string, Segment>();
        const judged = assessment.judged.reduce<{ from: number; to: number }[]>(
          (runs, { from, to = Number.MAX_SAFE_INTEGER }) => {
            const run = runs.at(-1);
            if (run?.to === from) run.to = to;
            else runs.push({ from, to });
            return runs;
          },
          [],
        );
        for (const segment of assessment.segments) {
          const key = `${segment.rule} ${segment.assignment}`;
          const before = last.get(key);
          last.set(key, segment);
          expect(segment.to ?? Infinity).toBeGreaterThan(segment.from);
          expect(
            judged.some(({ from, to }) => from <= segment.from && (segment.to ?? Number.MAX_SAFE_INTEGER) <= to),
          ).toBe(true);
          if (!before) continue;
          expect(before.to).toBeLessThanOrEqual(segment.from);
          if (before.to === segment.from)
            expect([before.status, before.titleBasis]).not.toEqual([segment.status, segment.titleBasis]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of facts with different days is judged the same in any order of arrival', () => {
    const shuffled = fc
      .tuple(opening, fc.uniqueArray(fact, { maxLength: 30, selector: ([, day]) => day }))
      .chain(([{ day, careForm }, facts]) => {
        const own = withOwnIds(facts.map(build)).filter((each) => each.day !== formatDay(FIRST + day));
        return fc.record({
          start: fc.constant(started(formatDay(FIRST + day), { careForm })),
          facts: fc.constant(own),
          order: fc.shuffledSubarray(own, { minLength: own.length }),
        });
      });
    fc.assert(
      fc.property(shuffled, ({ start, facts, order }) => {
        const judge = (arrived: readonly GivenFact[]): unknown[] =>
          without(assessEpisode(dossierOf([...UNITS, start, ...arrived]))?.segments);
        expect(judge(order)).toEqual(judge(facts));
      }),
      { numRuns: 150 },
    );
  });

  it('as known at a position is the history of what was recorded by then', () => {
    const amended = fc.tuple(
      history,
      fc.array(fc.tuple(fc.nat(20), fc.boolean(), fc.nat(DAYS)), { maxLength: 6 }),
      fc.nat(50),
    );
    fc.assert(
      fc.property(amended, ([{ start, facts }, amendments, cut]) => {
        const named = [start, ...facts].map((each, index) => each.as(each.ref ?? `e${index}`));
        const all = [
          ...UNITS,
          ...named,
          ...amendments.map(([at, annuls, day]) => {
            const target = named[at % named.length]!;
            return annuls
              ? annulled(target.ref!, target.stream)
              : corrected(target.ref!, { effectiveOn: formatDay(FIRST + day) }, target.stream);
          }),
        ];
        const known = all.slice(0, UNITS.length + cut);
        const cutDossier: Dossier = dossierOf(known.length < UNITS.length ? UNITS : known);
        expect(without(assessEpisode(dossierOf(all), { upTo: BigInt(known.length - 1) })?.segments)).toEqual(
          without(assessEpisode(cutDossier)?.segments),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('prepared once is judged as known at every position, in any order, as if it were read anew for it', () => {
    const amended = fc.tuple(
      history,
      fc.array(fc.tuple(fc.nat(20), fc.boolean(), fc.nat(DAYS)), { maxLength: 6 }),
      fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }),
    );
    fc.assert(
      fc.property(amended, ([{ start, facts }, amendments, positions]) => {
        const named = [start, ...facts].map((each, index) => each.as(each.ref ?? `e${index}`));
        const dossier = dossierOf([
          ...UNITS,
          ...named,
          ...amendments.map(([at, annuls, day]) => {
            const target = named[at % named.length]!;
            return annuls
              ? annulled(target.ref!, target.stream)
              : corrected(target.ref!, { effectiveOn: formatDay(FIRST + day) }, target.stream);
          }),
        ]);
        const prepared = prepare(dossier);
        for (const position of positions)
          expect(assessAt(prepared, { upTo: BigInt(position) })).toEqual(
            assessEpisode(dossier, { upTo: BigInt(position) }),
          );
        expect(assessAt(prepared)).toEqual(assessEpisode(dossier));
      }),
      { numRuns: 100 },
    );
  });
});
