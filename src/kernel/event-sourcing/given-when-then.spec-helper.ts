import { expect } from '@jest/globals';
import { type Decide, type Decision, isRefusal, type Step } from './decider.js';

/** A state that was arrived at by what was given; `when` puts a step to it. */
export class Given<State> {
  constructor(private readonly state: State) {}

  when<S extends Step>(decide: Decide<State, S>, step: S): Outcome {
    return new Outcome(step, decide(step, this.state));
  }
}

/** What became of a step. */
export class Outcome {
  constructor(
    private readonly step: Step,
    private readonly decision: Decision,
  ) {}

  private get said(): string {
    return isRefusal(this.decision) ? `refused: ${this.decision.refused.code}` : 'accepted';
  }

  /** It is recorded as it was put, with warnings of exactly these rules. */
  isAccepted(...rules: readonly string[]): void {
    expect(this.said).toBe('accepted');
    if (isRefusal(this.decision)) return;
    expect(this.decision.accepted).toEqual(this.step);
    expect(this.decision.warnings.map((warning) => warning.rule)).toEqual(rules);
  }

  /** @param about what the refusal names, when that matters */
  isRefused(code: string, about?: Readonly<Record<string, string>>): void {
    expect(this.said).toBe(`refused: ${code}`);
    if (about && isRefusal(this.decision)) expect(this.decision.about).toEqual(about);
  }
}
