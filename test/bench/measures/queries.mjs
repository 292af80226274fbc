import { HttpConnection, mustBe } from '../http-client.mjs';
import { PERIOD } from '../plan.mjs';
import { percentile } from '../stopwatch.mjs';

const ON = PERIOD.to;

/**
 * The answers over HTTP, one after another on one connection, against the same at the smallest size: how cost grows.
 * @param told what the serving task can be asked for
 */
export async function measureQueries(results, plan, size, told) {
  const client = await HttpConnection.open(told.port);
  const controller = await largest(client, told.controllers);
  const report = `/api/v1/reports/supervision?controller=${controller}&on=${ON}`;
  const each = (ids, path) => Array.from({ length: plan.requests }, (_, at) => path(ids[(at * 7) % ids.length]));
  const quick = { below: 25 };
  await ask(
    'timeline',
    'timeline of a recipient',
    each(told.recipients, (id) => `/api/v1/recipients/${id}/timeline?asOf=${ON}`),
    quick,
  );
  await ask(
    'compliance',
    'compliance of a recipient',
    each(told.recipients, (id) => `/api/v1/recipients/${id}/compliance?on=${ON}`),
    quick,
  );
  await ask(
    'unit',
    'a unit today',
    each(told.units, (id) => `/api/v1/units/${id}/current?on=${ON}`),
    quick,
  );
  const today = await ask('report', 'supervisory report, whole municipality', Array(plan.reports).fill(report), {
    below: 500,
  });
  const past = await ask(
    'report-past',
    'the same, as known in the past',
    Array(plan.reports).fill(`${report}&knownAt=${told.past}`),
    { below: 500 },
  );
  results.value('report-past-today', 'report as known in the past, p50', {
    size,
    value: past,
    unit: 'ms',
    against: { name: 'the report as known now', value: today },
    goal: { ratioAtMost: 2 },
  });
  client.close();

  async function ask(id, measure, paths, goal) {
    for (const path of paths.slice(0, Math.ceil(paths.length / 10))) mustBe(200, await client.get(path)); // warms up
    const times = [];
    for (const path of paths) times.push(mustBe(200, await client.get(path)).milliseconds);
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ]) {
      const value = percentile(times, share);
      const smallest = size === plan.sizes[0] ? undefined : results.find(`${id}-${name}`, plan.sizes[0]);
      const against = smallest && { name: `the same at ${plan.sizes[0]}`, value: smallest.ours.median };
      results.value(`${id}-${name}`, `${measure}, ${name}`, {
        size,
        value,
        unit: 'ms',
        against,
        ...(name === 'p99' ? { goal } : {}),
      });
    }
    return percentile(times, 0.5);
  }
}

/** Of the controllers the one whose report counts the most: the municipality. */
async function largest(client, controllers) {
  let found = { population: -1 };
  for (const controller of controllers) {
    const { body } = mustBe(200, await client.get(`/api/v1/reports/supervision?controller=${controller}&on=${ON}`));
    const { population } = JSON.parse(body).total;
    if (population > found.population) found = { controller, population };
  }
  return found.controller;
}
