import type { Fields } from '../../kernel/event-sourcing/fields.js';
import type { Step } from '../../recording/step.js';
import { address } from '../asked.js';
import { slugOf } from '../words/slug.js';

/** A step as a form of its own. */
export interface StepForm {
  readonly step: Step;
  /** Stands in its address. */
  readonly slug: string;
  /** The parameters of its address, in order: those of the step's own path. */
  readonly params: readonly string[];
  /** What it asks for: the data of the event but for what the address gives and what the register works out. */
  readonly fields: Fields;
}

/** The address of a step's form. @param ids by parameter of its path; the rest fills the form in advance */
export function hrefOfStep(step: Step, ids: Readonly<Record<string, string | undefined>>): string {
  const { slug, params } = formOfStep(step);
  const given = Object.fromEntries(Object.entries(ids).filter(([name]) => !params.includes(name)));
  return address(['/registrera', slug, ...params.map((name) => ids[name] ?? '')].join('/'), given);
}

/** The form of a step: everything about it follows from the declaration of the fact that it records. */
export function formOfStep(step: Step): StepForm {
  const params = [...step.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const given = params.map((name) => step.fields?.[name] ?? name);
  const derived = step.records.derived?.paths ?? [];
  return { step, slug: slugOf(step.records.label), params, fields: asked(step.records.fields, given, derived) };
}

function asked(fields: Fields, given: readonly string[], derived: readonly string[], prefix = ''): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      if (given.includes(`${prefix}${name}`) || derived.includes(`${prefix}${name}`)) return [];
      if (field.traits.brings !== undefined) return [];
      const { form } = field;
      if (form.kind !== 'part') return [[name, field]];
      const inner = asked(form.fields, given, derived, `${prefix}${name}.`);
      const same = Object.keys(inner).length === Object.keys(form.fields).length;
      return [[name, same ? field : field.withFields(inner)]];
    }),
  );
}
