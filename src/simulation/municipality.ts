import { dayOf, type Day } from '../kernel/time/day.js';
import { organisationNumber } from './identities.js';
import type { LineActor } from './history-line.js';
import { Stream, type Entry } from './ledger.js';
import { COURSE, MUNICIPALITY, PROVIDERS } from './phrases.js';
import { Random } from './random.js';
import { UNITS } from './rates.js';
import { NOTES_DAY } from './routine-rates.js';
import type { Controller, Municipality, Scene } from './world.js';

/** No municipality has this code. */
const MUNICIPALITY_CODE = '0099';
const MUNICIPAL_SERIES = '21200095';
const PRIVATE_SERIES = '55999960';

interface Policy {
  readonly on?: Day;
  readonly adopted?: Day;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly basis?: Readonly<Record<string, string>>;
  /** Written beside the others, so that they stay as they are. */
  readonly aside?: string;
}

const SINCE_2024 = { localRulesFor: ['HOUSING_SUPPORT', 'LSS'], assignTargetDays: 10, planTargetDays: 28 };

/** The routine of 2025 turns on the local rules: what it asks, of whom, and within how many days. */
const SINCE_2025 = {
  ...SINCE_2024,
  startWithinDays: 14,
  bookTargetDays: 14,
  noteTargetDays: 7,
  changeTargetDays: 14,
  planRenewDays: 30,
  agreedWithRecipient: true,
  consentForProfessionals: true,
  appointedByManager: true,
  trainingCourses: [COURSE],
  unnecessityCriteria: ['ONLY_SAFETY_ALARM', 'ONLY_MEALS'],
  byCareForm: { HOME_CARE: { riskAssessmentDays: 14 }, LSS: { bookTargetDays: null, noteTargetDays: 14 } },
};

/**
 * The municipality's policies, each from the day it names; the first has always been there.
 */
const POLICIES: readonly Policy[] = [
  { version: '1', values: { localRulesFor: ['HOUSING_SUPPORT'] } },
  { on: dayOf('2024-01-01'), adopted: dayOf('2023-12-12'), version: '2', values: SINCE_2024 },
  {
    on: NOTES_DAY,
    adopted: dayOf('2024-11-26'),
    version: '3',
    values: SINCE_2025,
    basis: {
      document: 'Rutin för fast omsorgskontakt',
      decidedBy: 'Socialnämnden',
      decidedOn: '2024-11-19',
      replaces: 'Rutin för fast omsorgskontakt 2022',
      changes: 'Frister för möte, anteckning, begäran om byte, ny plan och riskbedömning',
    },
    aside: 'routine',
  },
  {
    on: dayOf('2026-07-01'),
    adopted: dayOf('2026-05-20'),
    version: '4',
    values: { ...SINCE_2025, residentialCareDuty: true },
    basis: {
      document: 'Rutin för fast omsorgskontakt',
      decidedBy: 'Socialnämnden',
      decidedOn: '2026-05-12',
      changes: 'Särskilt boende omfattas',
    },
  },
];

/** Registers the municipality and its private providers, and writes the policies they adopt. */
export function found(scene: Scene): Municipality {
  const random = new Random(`${scene.seed}/municipality`);
  const municipal = register(scene, random, 0, MUNICIPALITY, 'MUNICIPAL', [], { municipalityCode: MUNICIPALITY_CODE });
  const providers = PROVIDERS.slice(0, random.within(UNITS.privateProviders)).map((name, i) =>
    register(scene, random, i + 1, name, 'PRIVATE', [municipal.opened], {}),
  );
  adoptPolicies(scene, random, municipal);
  for (const provider of providers) adoptOwnPolicy(scene, random, provider);
  return { municipal, providers };
}

function register(
  scene: Scene,
  random: Random,
  index: number,
  name: string,
  kind: Controller['kind'],
  after: readonly Entry[],
  more: Readonly<Record<string, unknown>>,
): Controller {
  const id = random.uuid();
  const actor: LineActor = { id: random.uuid(), role: 'ADMINISTRATOR' };
  const orgNumber = organisationNumber(`${kind === 'MUNICIPAL' ? MUNICIPAL_SERIES : PRIVATE_SERIES}${index}`);
  const stream = new Stream(scene.ledger, random, 'controller', id, `c${index}`, actor);
  const opened = stream.record(
    'ControllerRegistered',
    scene.from,
    { name, kind, orgNumber, ...more },
    { after, known: scene.from },
  );
  return { id, name, kind, orgNumber, opened, actor };
}

/** Writes the policy that is in force on the first day, and those that follow. */
function adoptPolicies(scene: Scene, random: Random, controller: Controller): void {
  const stream = new Stream(scene.ledger, random, 'policy', controller.id, 'p0', controller.actor);
  const first = POLICIES.findLast(({ on = scene.from }) => on <= scene.from);
  for (const policy of POLICIES) {
    const { on = scene.from, adopted = scene.from, version, values, basis, aside } = policy;
    if (policy !== first && on <= scene.from) continue;
    const data = { controller: controller.id, version, values, ...(basis ? { basis } : {}) };
    const writing = policy === first || aside === undefined ? stream : stream.aside(aside);
    writing.record('PolicyAdopted', Math.max(on, scene.from), data, {
      after: [controller.opened],
      known: Math.max(adopted, scene.from),
    });
  }
}

/** A provider's own targets: they count for units that nobody commissioned. */
function adoptOwnPolicy(scene: Scene, random: Random, controller: Controller): void {
  if (!random.chance(500)) return;
  const stream = new Stream(
    scene.ledger,
    random,
    'policy',
    controller.id,
    `p-${controller.orgNumber}`,
    controller.actor,
  );
  const data = { controller: controller.id, version: '1', values: { offerTargetDays: 7 } };
  stream.record('PolicyAdopted', scene.from, data, { after: [controller.opened], known: scene.from });
}
