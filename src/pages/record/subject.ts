import type { QueryBus } from '@nestjs/cqrs';
import type { State } from '../../answers/current-state/fold.js';
import { GetState, type StateKind } from '../../answers/current-state/get-state.js';
import type { EntryDto } from '../../answers/entries/entry.dto.js';
import { ReadEntry } from '../../answers/entries/read-entry.js';
import { ListPolicies } from '../../answers/policies/list-policies.js';
import type { Crumb } from '../components/head.js';

/** Whom or what a form is about, as it stands. */
export interface Subject {
  /** The stream that is written to; absent where it is opened. */
  readonly stream?: string;
  /** Its last entry as the form was drawn: what is written on it later is a conflict. */
  readonly revision?: bigint;
  /** What it is called. */
  readonly name: string;
  readonly crumbs: readonly Crumb[];
  /** Where one goes when it is done. */
  readonly back: string;
  readonly recipient?: string;
  readonly staff?: string;
  readonly unit?: string;
  /** What is true of it on the day. */
  readonly state: State;
  /** What is true of the person whose episode it is. */
  readonly person?: State;
  /** The entry that is corrected, annulled or disputed. */
  readonly entry?: EntryDto;
}

const KINDS: Readonly<Record<string, StateKind>> = {
  'care-episodes': 'careEpisode',
  recipients: 'recipient',
  staff: 'staff',
  units: 'unit',
  controllers: 'controller',
};

const NEW: Subject = { name: '', crumbs: [], back: '/', state: {} };

/** What a step is about. @param path of the step, under the API @throws Problem UNKNOWN_… */
export async function subjectOf(
  queries: QueryBus,
  path: string,
  params: Readonly<Record<string, string>>,
  on: string,
): Promise<Subject> {
  const [first = ''] = path.split('/');
  if (first === 'entries') return ofEntry(queries, params['event'] ?? '', on);
  const id = params['id'];
  if (id === undefined) return NEW;
  // What a controller has adopted stands on a stream of its own.
  if (first === 'controllers') return ofPolicy(queries, id, on);
  const kind = KINDS[first];
  return kind === undefined ? NEW : ofStream(queries, kind, id, on);
}

async function ofStream(queries: QueryBus, kind: StateKind, id: string, on: string): Promise<Subject> {
  const { state, revision } = await queries.execute(new GetState(kind, id, on));
  const common = { stream: `${kind}-${id}`, revision: BigInt(revision), state };
  switch (kind) {
    case 'careEpisode': {
      const recipient = textOf(state['recipient']) ?? '';
      const person = await queries.execute(new GetState('recipient', recipient, on));
      const name = textOf(person.state['name']) ?? 'Personen';
      return {
        ...common,
        name,
        crumbs: [{ href: `/personer/${recipient}`, words: name }],
        back: `/personer/${recipient}`,
        recipient,
        person: person.state,
        ...(textOf(state['unit']) === undefined ? {} : { unit: textOf(state['unit']) }),
      };
    }
    case 'recipient': {
      const name = textOf(state['name']) ?? 'Personen';
      const href = `/personer/${id}`;
      return { ...common, name, crumbs: [{ href, words: name }], back: href, recipient: id, person: state };
    }
    case 'staff': {
      const name = textOf(state['name']) ?? 'Medarbetaren';
      const href = `/personal/${id}`;
      const unit = textOf(state['unit']);
      return { ...common, name, crumbs: [{ href, words: name }], back: href, staff: id, ...(unit ? { unit } : {}) };
    }
    case 'unit': {
      const name = textOf(state['name']) ?? 'Enheten';
      const href = `/enheter/${id}`;
      return { ...common, name, crumbs: [{ href, words: name }], back: href, unit: id };
    }
    default:
      return { ...common, name: textOf(state['name']) ?? 'Personuppgiftsansvarig', crumbs: [], back: '/regler' };
  }
}

async function ofPolicy(queries: QueryBus, controller: string, on: string): Promise<Subject> {
  const { state } = await queries.execute(new GetState('controller', controller, on));
  const { revision } = await queries.execute(new ListPolicies(controller));
  return {
    stream: `policy-${controller}`,
    ...(revision === undefined ? {} : { revision }),
    name: textOf(state['name']) ?? 'Personuppgiftsansvarig',
    crumbs: [{ href: '/regler', words: 'Regler' }],
    back: '/regler',
    state,
  };
}

async function ofEntry(queries: QueryBus, event: string, on: string): Promise<Subject> {
  const { entry, streamRevision } = await queries.execute(new ReadEntry(event));
  const [, category = '', id = ''] = /^(\w+)-(.+)$/.exec(entry.stream) ?? [];
  const kind = Object.values(KINDS).find((one) => one === category);
  const of = kind === undefined ? await ofPolicy(queries, id, on) : await ofStream(queries, kind, id, on);
  return { ...of, revision: streamRevision, entry };
}

/** A value of a state that is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
