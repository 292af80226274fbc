import { prepare } from '../compliance-rules/assess-episode.js';
import type { Dossier } from '../compliance-rules/model.js';
import { policyOn } from '../compliance-rules/policy.js';
import { situationOf } from '../compliance-rules/situation/situation.js';
import { identityKey } from '../facts/identity.js';
import { registeredAs } from '../judgement/person/same-number.js';
import { type Decision, isRefusal, type Warning } from '../kernel/event-sourcing/decider.js';
import { categoryOf, type RecordedEvent, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import { Problem } from '../kernel/http/problem.js';
import { type Day, dayOf } from '../kernel/time/day.js';
import { changesOn, type ComplianceChange, type Judged, warningsOn } from './compliance-change.js';
import { definedIn } from './defined-in.js';
import { type CorrectionEffect, effectOfCorrection } from './correction-change.js';
import { correctedBy, type Draft } from './draft.js';
import { Judge, MOST_EPISODES } from './judge.js';
import { latenessWarnings } from './lateness.js';
import { problemOfRefusal } from './recording-problems.js';
import { References } from './references.js';
import type { StepPreview } from './step-command.js';
import type { StepRegister } from './step-register.js';
import type { Step } from './step.js';

/** The log as a step is considered on it. */
export interface Standpoint {
  /** The stream's entries. */
  readonly history: readonly RecordedEvent[];
  /** What other streams hold up to this log position counts; for a command sent again: what stood before it. */
  readonly upTo: bigint;
  /** Civil date in Stockholm. */
  readonly today: string;
  /** The step's event, as it would stand in the log. */
  readonly entry: RecordedEvent;
}

/** A step that can be true. */
export interface Considered {
  readonly warnings: readonly Warning[];
  /** How the judgement would change, for a preview. */
  preview(): Promise<Pick<StepPreview, 'compliance' | 'partial' | 'corrected' | 'becomesOne'>>;
}

/** Weighs steps: whether they can be true, and what they break. Writes nothing. */
export class Consideration {
  private readonly references: References;

  constructor(
    private readonly register: StepRegister,
    private readonly catalogue: EventCatalogue,
  ) {
    this.references = new References({
      store: register.store,
      catalogue,
      definedIn: (kind, id) => definedIn(register, catalogue, kind, id),
    });
  }

  /** @throws Problem for what a step names that is not there, and for every refusal of its decider */
  async of(step: Step, draft: Draft, standpoint: Standpoint): Promise<Considered> {
    await this.references.check(step.records, draft.data, standpoint.history);
    const judge = this.judgeOn(standpoint);
    const dossier = await this.dossierOf(draft, judge);
    const decision = await this.decide(step, draft, standpoint, dossier && judge.without(dossier));
    if (isRefusal(decision)) {
      const { refused, about, detail } = decision;
      throw new Problem(problemOfRefusal(refused), { members: about, ...(detail === undefined ? {} : { detail }) });
    }
    if (step.records.corrects !== undefined)
      await this.references.checkCorrection(step.records, draft, standpoint.history);
    else if (draft.named) await this.references.checkFree(step.records, draft.data);
    return this.weigh(step, draft, standpoint, judge, dossier, decision.warnings);
  }

  /** As {@link of}, for a step that is recorded: it was found possible then. */
  async again(step: Step, draft: Draft, standpoint: Standpoint): Promise<Considered> {
    const judge = this.judgeOn(standpoint);
    const dossier = await this.dossierOf(draft, judge);
    const decision = await this.decide(step, draft, standpoint, dossier && judge.without(dossier));
    return this.weigh(step, draft, standpoint, judge, dossier, isRefusal(decision) ? [] : decision.warnings);
  }

  private judgeOn({ entry, history, upTo }: Standpoint): Judge {
    return new Judge(this.register.index, this.register.log, entry, history, upTo);
  }

  private dossierOf({ stream }: Draft, judge: Judge): Promise<Dossier | undefined> {
    return categoryOf(stream) === 'careEpisode' ? judge.dossierWith(streamIdOf(stream)) : Promise.resolve(undefined);
  }

  private async weigh(
    step: Step,
    draft: Draft,
    { today, entry, upTo, history }: Standpoint,
    judge: Judge,
    dossier: Dossier | undefined,
    decided: readonly Warning[],
  ): Promise<Considered> {
    const day = aboutAnother(step) ? dayOf(today) : dayOf(draft.effectiveOn);
    const judged = dossier && judge.judge(dossier);
    const late = latenessWarnings(draft, today, await this.lateRegistrationDays(entry, day, dossier, upTo));
    const corrected = await this.correction(step, { history, entry });
    const broken = judged ? warningsOn(careDay(day, judged), judged, draft.id) : [];
    return {
      warnings: [...decided, ...(corrected?.warnings ?? []), ...broken, ...late],
      preview: async () => ({
        ...(await this.preview(judge, judged, day, dayOf(today))),
        ...(corrected ? { corrected: corrected.changes } : {}),
        ...(await this.becomesOne(judge)),
      }),
    };
  }

  /** What a merge makes one of, to be looked at before it is done: only whoever knows the person can tell. */
  private async becomesOne(judge: Judge): Promise<Pick<StepPreview, 'becomesOne'>> {
    const ids = await judge.becomesOne();
    if (ids.length === 0) return {};
    const { index, log } = this.register;
    const registrations = await Promise.all(
      ids.map(async (recipient) => ({ recipient, episodes: (await index.episodesOf([recipient])).toSorted() })),
    );
    const known = await Promise.all(ids.map((recipient) => registeredAs(log, recipient)));
    const numbers = known.map(
      (one) => new Set((one?.numbers ?? []).map(({ identity, on }) => identityKey(identity, on))),
    );
    const [first = new Set<string>(), ...others] = numbers;
    const sameNumber = [...first].some((number) => others.every((other) => other.has(number)));
    return { becomesOne: { registrations, sameNumber } };
  }

  /** @returns undefined for a step that is no correction */
  private async correction(
    { records }: Step,
    { history, entry }: Pick<Standpoint, 'history' | 'entry'>,
  ): Promise<CorrectionEffect | undefined> {
    if (records.corrects === undefined) return undefined;
    const root = correctedBy(entry.data['corrects'], history).at(-1);
    if (!root) return undefined;
    const about = new Set<unknown>([root.id]);
    for (const { id, data } of history) if (about.has(data['corrects'])) about.add(id);
    const opened = await this.register.log.open(history.filter(({ id }) => about.has(id)));
    return effectOfCorrection(opened, entry, root.id, this.catalogue.get(root.type));
  }

  private decide(
    step: Step,
    { stream, effectiveOn, data }: Draft,
    { history, upTo, entry }: Standpoint,
    dossier: Dossier | undefined,
  ): Promise<Decision> {
    return step.decideOn(
      { type: step.records.type, effectiveOn, data },
      {
        id: streamIdOf(stream),
        history,
        data,
        dossier,
        actor: entry.actor,
        read: (other) => this.register.log.readStream(other, { upTo }),
        definedIn: (kind, id) => definedIn(this.register, this.catalogue, kind, id),
      },
    );
  }

  private async lateRegistrationDays(
    entry: RecordedEvent,
    day: Day,
    dossier: Dossier | undefined,
    upTo: bigint,
  ): Promise<number> {
    const situation = dossier && situationOf(prepare(dossier).known());
    if (situation) return situation.policy.on(day).lateRegistrationDays;
    return policyOn(await this.register.log.readStream(`policy-${entry.controller}`, { upTo }), day).values
      .lateRegistrationDays;
  }

  private async preview(
    judge: Judge,
    own: Judged | undefined,
    day: Day,
    today: Day,
  ): Promise<Pick<StepPreview, 'compliance' | 'partial'>> {
    const touched = own ? [own.episode] : await judge.touched();
    const compliance: ComplianceChange[] = [];
    for (const episode of touched.slice(0, MOST_EPISODES)) {
      const judged = own ?? judge.judge(await judge.dossierWith(episode));
      for (const on of new Set([today, careDay(day, judged)])) compliance.push(...changesOn(on, judged));
    }
    return {
      compliance,
      ...(touched.length > MOST_EPISODES ? { partial: { judged: MOST_EPISODES, touched: touched.length } } : {}),
    };
  }
}

/** What comes before the care starts is looked at on its first day. */
function careDay(day: Day, { after }: Judged): Day {
  return Math.max(day, after?.ongoing?.from ?? day);
}

/** The day of an entry about another entry changes nothing; what it does shows today. */
function aboutAnother(step: Step): boolean {
  return step.records.categories === undefined;
}
