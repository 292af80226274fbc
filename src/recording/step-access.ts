import type { RouteAccess } from '../kernel/http/route-access.js';
import type { Step } from './step.js';

/** What a command is about, by the first part of its path. */
const ABOUT: Readonly<Record<string, Pick<RouteAccess, 'about' | 'shows'>>> = {
  controllers: { about: 'controller', shows: [] },
  units: { about: 'unit', shows: [] },
  staff: { about: 'staff', shows: [] },
  recipients: { about: 'recipient', shows: ['STATE'] },
  'care-episodes': { about: 'care-episode', shows: ['STATE'] },
  entries: { about: 'entry', shows: ['STATE'] },
  grants: { about: 'grant', shows: [] },
  inspections: { about: 'inspection', shows: [] },
};

/**
 * What a step's route is: its warnings tell the state of whom it is about.
 * @throws Error for a path that begins with something unknown
 */
export function accessOfStep({ name, path, records }: Pick<Step, 'name' | 'path' | 'records'>): RouteAccess {
  const [first = ''] = path.split('/');
  const about = ABOUT[first];
  if (!about) throw new Error(`nobody knows what ${path} is about`);
  return { row: actionOfStep(name), act: 'WRITE', ...about, records: records.type };
}

/** The action of a step, as the table of access names it. */
export function actionOfStep(name: string): string {
  return `step.${name}`;
}
