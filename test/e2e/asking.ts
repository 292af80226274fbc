import type { Answer, Scene, TestServer } from './commands.harness.js';

/** A question about a scene, by its path; where it can be asked of an earlier knowledge. */
export type Question = (scene: Asked) => string;

/** What questions are about. */
export interface Asked extends Pick<Scene, 'controller' | 'unit' | 'anna'> {
  readonly recipient: string;
  readonly episode: string;
  /** The position of the recipient's registration. */
  readonly position: string;
}

/** Every kind of question whose answer rests on the log. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  recipient: ({ recipient }) => `/recipients/${recipient}`,
  episode: ({ episode }) => `/care-episodes/${episode}`,
  staff: ({ anna }) => `/staff/${anna}`,
  unit: ({ unit }) => `/units/${unit}`,
  timeline: ({ recipient }) => `/recipients/${recipient}/timeline`,
  replay: ({ recipient, position }) => `/recipients/${recipient}/replay?to=${position}`,
  compliance: ({ recipient }) => `/recipients/${recipient}/compliance`,
  segments: ({ recipient }) => `/recipients/${recipient}/compliance/segments`,
  current: ({ unit }) => `/units/${unit}/current?limit=1000`,
  due: ({ unit }) => `/units/${unit}/due?from=2026-11-20&to=2027-03-01&limit=1000`,
  contacts: ({ unit }) => `/units/${unit}/contacts?limit=1000`,
  recipients: ({ unit }) => `/units/${unit}/recipients?limit=1000`,
  employees: ({ unit }) => `/units/${unit}/staff?limit=1000`,
  units: ({ controller }) => `/units?controller=${controller}&limit=1000`,
  report: ({ controller }) => `/reports/supervision?controller=${controller}&on=2026-11-22`,
  unitReport: ({ controller, unit }) => `/reports/supervision?controller=${controller}&unit=${unit}&on=2026-11-10`,
  behind: ({ controller }) =>
    `/reports/supervision/episodes?figure=population&controller=${controller}&on=2026-11-22&limit=1000`,
  series: ({ controller }) =>
    `/reports/supervision/series?controller=${controller}&from=2026-09-22&to=2026-11-22&every=MONTH&details=true`,
};

/** What of an answer is about the asking: not what is told, but how and when it was asked. */
const OF_THE_ASKING = ['requestedKnownAt', 'closed', 'late', 'waiting', 'generatedAt'];

/** What an answer tells. */
export function told({ body, status }: Answer): unknown {
  const plain = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => !OF_THE_ASKING.includes(name))
            .map(([name, inner]) => [name, name === 'header' ? plain(inner) : inner]),
        );
  return { status, body: plain(body) };
}

/** A mark or member of what an answer says about what it rests on; a report says it in its header. */
export function basisOf({ body }: Answer): {
  readonly knownAt: string;
  readonly position: string;
  readonly late?: true;
  readonly waiting?: true;
  readonly closed?: boolean;
} {
  return (body['header'] ?? body) as unknown as ReturnType<typeof basisOf>;
}

/** Asks again, as known at an instant. */
export function askedAgain(server: TestServer, path: string, knownAt: string): Promise<Answer> {
  return server.get(`${path}${path.includes('?') ? '&' : '?'}knownAt=${encodeURIComponent(knownAt)}`);
}
