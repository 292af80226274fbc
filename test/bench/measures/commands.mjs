import { randomUUID } from 'node:crypto';
import { HttpConnection, mustBe } from '../http-client.mjs';
import { CLIENTS, PERIOD } from '../plan.mjs';
import { percentile, timed } from '../stopwatch.mjs';

const TRIVIAL = `/api/v1/trivial?on=${PERIOD.to}`;
const ROUNDS = 3;

/**
 * A command over HTTP against a GET of the same server that only checks its question. Each client books meetings in an
 * episode of its own,
 * by the ETag of the answer before; the views follow in the same process meanwhile.
 * @param told what the serving task can be asked for
 */
export async function measureCommands(results, plan, size, told) {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => HttpConnection.open(told.port)));
  const unit = await openUnit(clients[0]);
  let episodes = [];
  const get = async (client) => mustBe(200, await client.get(TRIVIAL)).milliseconds;
  const command = async (client, at) => {
    const episode = episodes[at % CLIENTS];
    const answer = mustBe(
      201,
      await client.post(
        `/api/v1/care-episodes/${episode.id}/plan-meetings`,
        { on: '2026-07-01' },
        { 'If-Match': episode.etag },
      ),
    );
    episode.etag = answer.etag;
    return answer.milliseconds;
  };
  for (const atOnce of [1, CLIENTS]) {
    const count = Math.ceil((atOnce === 1 ? plan.commands : plan.commandsAtOnce) / ROUNDS);
    const rounds = { ours: [], theirs: [] };
    const times = { ours: [], theirs: [] };
    for (let round = 0; round < ROUNDS; round++) {
      episodes = await openEpisodes(clients[0], unit);
      for (const [side, work] of [
        ['theirs', get],
        ['ours', command],
      ]) {
        const took = await timed(() => load(clients.slice(0, atOnce), count, work));
        rounds[side].push({ rate: count / took.seconds, cpuRate: NaN });
        times[side].push(...took.result);
      }
    }
    const name = atOnce === 1 ? 'command over HTTP, 1 client' : `command over HTTP, ${atOnce} clients`;
    results.rates(`command-${atOnce}`, name, {
      size,
      ...rounds,
      rival: 'trivial validated GET',
      ...(atOnce === 1 ? {} : { goal: { ratio: 0.25 } }),
    });
    for (const [label, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ]) {
      results.value(`command-${atOnce}-${label}`, `${name}, ${label}`, {
        size,
        value: percentile(times.ours, share),
        unit: 'ms',
        against: { name: 'trivial validated GET', value: percentile(times.theirs, share) },
      });
    }
  }
  for (const client of clients) client.close();
}

/**
 * So many requests, shared by the clients; each waits for its answer before it sends the next.
 * @returns the milliseconds of each
 */
async function load(clients, count, work) {
  const times = [];
  let next = 0;
  await Promise.all(
    clients.map(async (client, first) => {
      for (let turn = 0; next < count; turn++) {
        next += 1;
        times.push(await work(client, clients.length === 1 ? turn : first));
      }
    }),
  );
  return times;
}

async function open(client, path, body) {
  const answer = mustBe(
    201,
    await client.post(`/api/v1/${path}`, { lateReason: 'Mätning.', effectiveOn: PERIOD.to, ...body }),
  );
  return { ...JSON.parse(answer.body), etag: answer.etag };
}

async function openUnit(client) {
  const { id: controller } = await open(client, 'controllers', {
    name: 'Mätningens kommun',
    kind: 'MUNICIPAL',
    orgNumber: '212000-2395',
    municipalityCode: '2260',
  });
  const { id } = await open(client, 'units', { controller, name: 'Mätningens hemtjänst', careForms: ['HOME_CARE'] });
  return { controller, id };
}

/** For each client a recipient with home care. */
async function openEpisodes(client, unit) {
  const episodes = [];
  while (episodes.length < CLIENTS) {
    const identity = { type: 'RESERVE', value: randomUUID(), issuer: 'Mätningen' };
    const recipient = await open(client, 'recipients', {
      controller: unit.controller,
      identity,
      name: 'Mätning',
      protection: 'NONE',
    });
    const { id, etag } = await open(client, 'care-episodes', {
      recipient: recipient.id,
      unit: unit.id,
      careForm: 'HOME_CARE',
      legalGround: 'SOL_NEEDS_ASSESSED',
      services: ['CLEANING'],
    });
    episodes.push({ id, etag });
  }
  return episodes;
}
