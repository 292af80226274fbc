import type { FactName } from '../../facts/event-catalogue.js';
import type { Step } from '../../recording/step.js';
import { allSteps } from '../../steps/steps.js';

const BY_FACT = new Map(allSteps.map((step) => [step.records.type, step]));

/** The step that records a fact. @throws Error for a fact that nobody records */
export function stepRecording(fact: FactName): Step {
  const step = BY_FACT.get(fact);
  if (!step) throw new Error(`nobody records ${fact}`);
  return step;
}

/** The steps whose path begins so and whose parameters are these besides `id`, in the order of declaration. */
export function stepsUnder(first: string, ...params: readonly string[]): readonly Step[] {
  return allSteps.filter(({ path }) => {
    const found = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name).filter((name) => name !== 'id');
    return (
      path.startsWith(`${first}/:id`) &&
      found.length === params.length &&
      found.every((name, at) => name === params[at])
    );
  });
}
