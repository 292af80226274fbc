import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { placedFields } from '../../kernel/event-sourcing/fields.js';
import { allSteps } from '../../steps/steps.js';
import { RULES } from '../../compliance-rules/index.js';
import { bodyFrom, valuesOf } from './form-fields.js';
import { formOfStep } from './step-form.js';
import { stepRecording } from './step-named.js';

/** Facts that only the register itself makes. */
const BY_THE_REGISTER = eventCatalogue.all().filter(({ importable }) => !importable);

describe('the forms', () => {
  it('are there for every type that a person records', () => {
    const recorded = new Set(allSteps.map(({ records }) => records.type));
    const left = eventCatalogue.all().filter(({ type }) => !recorded.has(type));
    expect(left.map(({ type }) => type).sort()).toEqual(
      BY_THE_REGISTER.map(({ type }) => type)
        .filter((type) => !recorded.has(type))
        .sort(),
    );
  });

  it('have an address of their own each', () => {
    const slugs = allSteps.map((step) => formOfStep(step).slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs.filter((slug) => !/^[a-z0-9-]+$/.test(slug))).toEqual([]);
  });

  it.each(allSteps.map((step) => [step.name, step] as const))(
    '%s asks for what its body takes, and gives it back',
    (_, step) => {
      const { fields, params } = formOfStep(step);
      const given = params.map((name) => step.fields?.[name] ?? name);
      const { effectiveOn: _day, id: _id, ...example } = step.example as Record<string, unknown>;
      const asked = Object.fromEntries(Object.entries(example).filter(([name]) => !given.includes(name)));
      const day = step.dayIsData ? { effectiveOn: step.example['effectiveOn'] } : {};
      const form = new URLSearchParams(valuesOf(fields, { ...asked, ...day }));
      expect(bodyFrom(fields, form)).toEqual({ ...asked, ...day });
    },
  );

  it('call every field by a word', () => {
    const silent = allSteps.flatMap((step) =>
      placedFields(formOfStep(step).fields)
        .filter(({ path, field }) => field.traits.label === '' && !path.endsWith('[]'))
        .map(({ path }) => `${step.name} ${path}`),
    );
    expect(silent).toEqual([]);
  });

  it('are there for the act that mends each lack', () => {
    for (const { words } of RULES) expect(formOfStep(stepRecording(words.mendedBy)).slug).not.toBe('');
  });
});
