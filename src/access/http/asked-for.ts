import { type RecordedEvent, streamIdOf, categoryOf } from '../../kernel/event-sourcing/envelope.js';
import { isId } from '../../kernel/id-form.js';
import { firstText } from '../../kernel/http/first-text.js';
import type { Problem } from '../../kernel/http/problem.js';
import type { RouteAccess } from '../../kernel/http/route-access.js';
import { type Named, unknown } from '../../judgement/answer-problems.js';
import { unknownEvent } from '../../judgement/entry-problems.js';
import { recipientOf } from '../../judgement/person/person.js';
import type { AccessReads, FollowedAccess } from '../followed-access.js';
import type { Asked, PersonResource, PlaceResource, Resource } from '../model.js';

/** What a call can be about, as routes declare it. */
export const ABOUT: ReadonlySet<string> = new Set([
  'recipient',
  'care-episode',
  'unit',
  'staff',
  'controller',
  'policy',
  'grant',
  'inspection',
  'log-review',
  'entry',
  'list',
  'saved-report',
  'register',
  'self',
]);

/** What a call asks for, each part with the answer for when it lies out of reach. */
export interface AskedFor extends Asked {
  readonly parts: readonly { readonly resource?: Resource; readonly notThere: Problem }[];
}

/** Where a call says what it is about. */
export interface Called {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Sent by a form of a page, or about to be. */
  readonly isForm?: boolean;
}

interface Part {
  readonly resource: Resource | undefined;
  readonly notThere: Problem;
}

/** Actions on entries, by the stream that an entry is on: who may read of a unit need not read of persons. */
const READ_ENTRY: Readonly<Record<string, string>> = {
  recipient: 'entry.read',
  careEpisode: 'entry.read',
  staff: 'entry.read-of-staff',
  unit: 'entry.read-of-unit',
  controller: 'entry.read-of-controller',
  policy: 'entry.read-of-controller',
  grant: 'entry.read-of-grant',
  inspection: 'entry.read-of-inspection',
  logReview: 'entry.read-of-log-review',
};
const DISPUTE = 'step.DisputeEntry';
/** A place without units and controllers: a call that is about nothing in particular, or about all that is in reach. */
const NOTHING_IN_PARTICULAR: PlaceResource = {
  kind: 'list',
  controllers: new Set(),
  units: new Set(),
  commissionedBy: new Set(),
};

/** Finds what calls are about, so that it can be decided on before anything else is looked at. */
export class AskedForFinder {
  /**
   * @param actionOf the action by which an entry of a type is recorded
   */
  constructor(
    private readonly reads: AccessReads,
    private readonly followed: FollowedAccess,
    private readonly actionOf: () => ReadonlyMap<string, string>,
  ) {}

  async find(access: RouteAccess, called: Called): Promise<AskedFor> {
    if (access.about === 'entry') return this.entry(access, called);
    const parts = await this.partsOf(access, called);
    return asked([access.row], [access.row], parts);
  }

  private async partsOf({ about }: RouteAccess, { params, query, body, isForm = false }: Called): Promise<Part[]> {
    const said = dataOf(body);
    const id = params['id'];
    switch (about) {
      case 'recipient': {
        const named = id ?? query['recipient'];
        if (named !== undefined)
          return [await this.person(named), ...(said['into'] === undefined ? [] : [await this.person(said['into'])])];
        return said['controller'] === undefined ? [place()] : [await this.controller(said['controller'])];
      }
      case 'care-episode':
        if (id !== undefined) return this.withUnit(await this.episode(id), said['unit']);
        // In a form the unit is chosen last of all, and nothing is recorded without it.
        if (isForm && (said['unit'] ?? '') === '') return [await this.person(said['recipient'])];
        return [await this.person(said['recipient']), await this.unitToGiveCare(said['unit'])];
      case 'unit':
        return [await (id === undefined ? this.controller(said['controller']) : this.unit(id))];
      case 'staff':
        if (id !== undefined) return this.withUnit(await this.staff(id), said['unit'], 'OWN');
        return [await this.unitToWorkIn(said['controller'], said['unit'])];
      case 'controller':
      case 'policy':
        return [id === undefined ? place() : await this.controller(id)];
      case 'grant':
      case 'inspection':
        return [await (id === undefined ? this.controller(said['controller']) : this.ofController(about, id))];
      case 'log-review':
        return [await (id === undefined ? this.unit(said['unit']) : this.logReview(id))];
      case 'list':
        return [await this.list(query)];
      case 'saved-report':
        return Promise.all(headsOfReports(said).map((head) => this.list(head)));
      case 'register':
      case 'self':
        return [place()];
      default:
        throw new Error(`nobody decides on calls about ${about}`);
    }
  }

  private async person(given: unknown): Promise<Part> {
    const id = idOf(given);
    const resource = id === undefined ? undefined : await this.followed.person(id);
    return { resource, notThere: unknown('recipient', id ?? '') };
  }

  /** The person of an episode, in the unit that the episode is in while it goes on. */
  private async episode(given: unknown): Promise<Part> {
    const id = idOf(given);
    const notThere = unknown('careEpisode', id ?? '');
    const history = id === undefined ? [] : await this.reads.streams.read(`careEpisode-${id}`);
    const recipient = recipientOf(history);
    return { resource: recipient === undefined ? undefined : await this.followed.person(recipient), notThere };
  }

  private async unit(given: unknown): Promise<Part> {
    const id = idOf(given);
    return {
      resource: id === undefined ? undefined : await this.followed.unit(id),
      notThere: unknown('unit', id ?? ''),
    };
  }

  /** Care is decided on by the municipality for which a unit works as well as by whoever runs the unit. */
  private async unitToGiveCare(given: unknown): Promise<Part> {
    const { resource, notThere } = await this.unit(given);
    if (!resource) return { resource, notThere };
    return {
      resource: { ...resource, controllers: new Set([...resource.controllers, ...resource.commissionedBy]) },
      notThere,
    };
  }

  /** A unit in which a new staff member is to work, of the register that she is to be in. */
  private async unitToWorkIn(controller: unknown, unit: unknown): Promise<Part> {
    const { resource, notThere } = await this.unit(unit);
    const owner = idOf(controller);
    return { resource: owner !== undefined && resource?.controllers.has(owner) ? resource : undefined, notThere };
  }

  /** What a call is about, and the unit that it is to be in, where the call names one: whoever has it has that too. */
  private async withUnit(about: Part, unit: unknown, of: 'OWN' | 'COMMISSIONED' = 'COMMISSIONED'): Promise<Part[]> {
    if (unit === undefined) return [about];
    const { resource, notThere } = of === 'OWN' ? await this.unit(unit) : await this.unitToGiveCare(unit);
    const owners = about.resource?.controllers;
    const here = resource !== undefined && [...resource.controllers].some((one) => owners?.has(one));
    return [about, { resource: here ? about.resource : undefined, notThere }];
  }

  private async staff(given: unknown): Promise<Part> {
    const id = idOf(given);
    const resource = id === undefined ? undefined : await this.followed.staff(id);
    return { resource, notThere: unknown('staff', id ?? '') };
  }

  private async controller(given: unknown): Promise<Part> {
    const id = idOf(given);
    const there = id !== undefined && (await this.reads.store.streamHead(`controller-${id}`)) !== undefined;
    return { resource: there ? ownedBy('controller', id) : undefined, notThere: unknown('controller', id ?? '') };
  }

  /** A grant or an inspection, which lies where its controller does. */
  private async ofController(kind: 'grant' | 'inspection', given: unknown): Promise<Part> {
    const id = idOf(given);
    const notThere = unknown(kind as Named, id ?? '');
    const [first] = id === undefined ? [] : await this.reads.streams.read(`${kind}-${id}`);
    const controller = first?.data['controller'];
    if (typeof controller !== 'string') return { resource: undefined, notThere };
    const owned = ownedBy('controller', controller);
    return { resource: kind === 'inspection' ? { ...owned, inspection: id } : owned, notThere };
  }

  /** A review of the access log, which lies where the unit does whose persons were looked at. */
  private async logReview(given: unknown): Promise<Part> {
    const id = idOf(given);
    const notThere = unknown('logReview', id ?? '');
    const [first] = id === undefined ? [] : await this.reads.streams.read(`logReview-${id}`);
    return { resource: first ? (await this.unit(first.data['unit'])).resource : undefined, notThere };
  }

  private async list({ controller, unit }: Called['query']): Promise<Part> {
    const [owner, place] = [idOf(firstText(controller)), idOf(firstText(unit))];
    // What is no id is told by the handler, in whose answer nobody is.
    if (owner === undefined) return { resource: NOTHING_IN_PARTICULAR, notThere: unknown('controller', '') };
    const found = await this.controller(owner);
    if (place === undefined || !found.resource)
      return { ...found, resource: found.resource && { ...ownedBy('list', owner) } };
    const { resource, notThere } = await this.unit(place);
    return { resource: resource && { ...(resource as PlaceResource), kind: 'list' }, notThere };
  }

  private async entry(access: RouteAccess, { params, body }: Called): Promise<AskedFor> {
    const event = idOf(params['event']);
    const found = event === undefined ? undefined : (await this.reads.store.find([event])).get(event);
    const history = found ? await this.reads.streams.read(found.stream) : [];
    const entry = history.find(({ id }) => id === event);
    const notThere = unknownEvent(event);
    // Who opens the form of a correction asks for the correction.
    const reads = access.act === 'READ' && !access.row.startsWith('step.');
    const family = reads
      ? Object.values(READ_ENTRY)
      : [...this.actionOf().values(), ...(access.row === DISPUTE ? [DISPUTE] : [])];
    if (!found || !entry) return asked([], family, [{ resource: undefined, notThere }]);
    const part = { ...(await this.partOf(found.stream)), notThere };
    if (reads) return asked([READ_ENTRY[categoryOf(found.stream)] ?? access.row], family, [part]);
    const type = rootType(entry, history);
    const actions = [this.actionOf().get(type) ?? access.row, ...(access.row === DISPUTE ? [DISPUTE] : [])];
    return asked(actions, family, [part, ...(await this.putRight(part, entry, body))]);
  }

  /** What a correction names that its entry did not: who may not record that of it may not make it so either. */
  private async putRight(about: Part, { data: was, stream }: RecordedEvent, body: unknown): Promise<Part[]> {
    const said = factIn(dataOf(body)['data']);
    const before = factIn(was);
    const named = (...fields: readonly string[]): unknown[] =>
      fields.flatMap((field) => {
        const known = new Set([before[field]].flat());
        return [said[field]].flat().filter((one) => one !== undefined && !known.has(one));
      });
    const own = categoryOf(stream) === 'staff' || said['role'] === 'UNIT_DEPUTY';
    const parts = [
      ...named('recipient', 'into').map((one) => this.person(one)),
      ...named('controller').map((one) => this.controller(one)),
      ...named('unit', 'units').map(async (one) => {
        const [, unit] = await this.withUnit(about, one, own ? 'OWN' : 'COMMISSIONED');
        return unit ?? about;
      }),
    ];
    return Promise.all(parts);
  }

  /** What the stream of an entry is about. */
  private partOf(stream: string): Promise<Part> {
    const id = streamIdOf(stream);
    switch (categoryOf(stream)) {
      case 'recipient':
        return this.person(id);
      case 'careEpisode':
        return this.episode(id);
      case 'unit':
        return this.unit(id);
      case 'staff':
        return this.staff(id);
      case 'grant':
      case 'inspection':
        return this.ofController(categoryOf(stream) as 'grant' | 'inspection', id);
      case 'logReview':
        return this.logReview(id);
      default:
        return this.controller(id);
    }
  }
}

/** Ids of the recipients whom a call is about. */
export function personsIn(resources: readonly Resource[]): string[] {
  return resources
    .filter((one): one is PersonResource => one.kind === 'person')
    .flatMap(({ recipients }) => [...recipients]);
}

/** What a correction says to be right, of however many corrections it is one. */
function factIn(data: unknown): Readonly<Record<string, unknown>> {
  const said = dataOf(data);
  return 'corrects' in said ? factIn(said['data']) : said;
}

/** The type of the entry that a correction is about in the end. */
function rootType(entry: RecordedEvent, history: readonly RecordedEvent[]): string {
  const byId = new Map(history.map((event) => [event.id, event]));
  let root = entry;
  for (let depth = 0; depth < history.length; depth += 1) {
    const about = byId.get(String(root.data['corrects'] ?? root.data['event']));
    if (!about) break;
    root = about;
  }
  return root.type;
}

function asked(actions: readonly string[], family: readonly string[], parts: readonly Part[]): AskedFor {
  const resources = [...new Set(parts.flatMap(({ resource }) => (resource ? [resource] : [])))];
  return {
    actions,
    family,
    resources,
    found: parts.every(({ resource }) => resource !== undefined),
    parts: parts.map(({ resource, notThere }) => ({ ...(resource ? { resource } : {}), notThere })),
  };
}

function place(): Part {
  return { resource: NOTHING_IN_PARTICULAR, notThere: unknown('controller', '') };
}

function ownedBy(kind: 'controller' | 'list', controller: string): PlaceResource {
  return { ...NOTHING_IN_PARTICULAR, kind, controllers: new Set([controller]) };
}

function idOf(given: unknown): string | undefined {
  return isId(given) ? given.toLowerCase() : undefined;
}

/**
 * What a saved report is about: it is sent as it is, or as the text of a file in a form. Where a body says both, both
 * have to be within reach, whichever is read.
 */
function headsOfReports(said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>[] {
  const file = said['report'];
  if (typeof file !== 'string') return [dataOf(said['header'])];
  try {
    return [dataOf(said['header']), dataOf(dataOf(JSON.parse(file))['header'])];
  } catch {
    return [dataOf(said['header'])];
  }
}

function dataOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
