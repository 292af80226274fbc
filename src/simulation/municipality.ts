import { dayOf, type Day } from '../kernel/time/day.js';
import { organisationNumber } from './identities.js';
import type { LineActor } from './history-line.js';
import { Stream, type Entry } from './ledger.js';
import { MUNICIPALITY, PROVIDERS } from './phrases.js';
import { Random } from './random.js';
import { UNITS } from './rates.js';
import type { Controller, Municipality, Scene } from './world.js';

/** No municipality has this code. */
const MUNICIPALITY_CODE = '0099';
const MUNICIPAL_SERIES = '21200095';
const PRIVATE_SERIES = '55999960';

/**
 * The municipality's policies, the first on the first day, the others from the day they name when the period holds it.
 */
const POLICIES: readonly {
  readonly on?: Day;
  readonly adopted?: Day;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}[] = [
  { version: '1', values: { localRulesFor: ['HOUSING_SUPPORT'] } },
  {
    on: dayOf('2024-01-01'),
    adopted: dayOf('2023-12-12'),
    version: '2',
    values: { localRulesFor: ['HOUSING_SUPPORT', 'LSS'], assignTargetDays: 10, planTargetDays: 28 },
  },
  {
    on: dayOf('2026-07-01'),
    adopted: dayOf('2026-05-20'),
    version: '3',
    values: {
      localRulesFor: ['HOUSING_SUPPORT', 'LSS'],
      assignTargetDays: 10,
      planTargetDays: 28,
      residentialCareDuty: true,
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

function adoptPolicies(scene: Scene, random: Random, controller: Controller): void {
  const stream = new Stream(scene.ledger, random, 'policy', controller.id, 'p0', controller.actor);
  for (const { on = scene.from, adopted = scene.from, version, values } of POLICIES) {
    if (on < scene.from) continue;
    const known = adopted < scene.from ? scene.from : adopted;
    stream.record(
      'PolicyAdopted',
      on,
      { controller: controller.id, version, values },
      { after: [controller.opened], known },
    );
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
