// `npm run demo [-- [--to DATE] [FOLDER]]`: a municipality of 2,000 recipients goes in, from 2022 to yesterday or to the
// day that is given; a timeline, a judgement, a unit's day and a supervisory report come out.
// Everything is done by the verbs that a user has, and each command is shown, so that any of them can be repeated by
// hand.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { to, folder: DATA } = asked();
const HISTORY = join(DATA, 'history.ndjson');
const FIRST_DAY = '2022-01-01';
/** Some time has to pass before somebody has gone through everything that is shown. */
const EARLIEST_LAST_DAY = '2026-01-01';
const LAST_DAY = lastDay();

const started = Date.now();
process.chdir(root);
ensureBuilt();
emptyFolder();

heading(`A municipality that does not exist, from ${FIRST_DAY} to ${LAST_DAY}`);
const period = ['--from', FIRST_DAY, '--to', LAST_DAY];
fok('simulate', '--recipients', '2000', ...period, '--seed', 'demo', '--with-access', '--out', HISTORY);
fok('import', HISTORY, '--with-access');
const { municipality, person } = await lookFor(HISTORY);

heading('One recipient: every step that was ever written down, the corrected ones too');
fok('timeline', person.recipient, '--as-of', LAST_DAY);

heading('The same recipient: what the law and the routine say of that day');
fok('compliance', person.recipient, '--on', LAST_DAY);

heading('The unit that gives the care: what falls due within a week');
fok('due', person.unit, '--from', LAST_DAY, '--to', plusDays(LAST_DAY, 6));

heading('The whole municipality: the supervisory report of that day');
fok('report', '--controller', municipality, '--on', LAST_DAY);

closing();

/** What was said after `npm run demo --`. */
function asked() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { to: { type: 'string' } } });
    if (positionals.length > 1) throw new Error('name one folder');
    return { to: values.to, folder: positionals[0] ?? 'demo-data' };
  } catch (error) {
    return refuse(error.message);
  }
}

/** Nothing may lie ahead when it is imported: the history ends yesterday, or earlier. */
function lastDay() {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  if (to === undefined) return plusDays(today, -1);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(to) && plusDays(to, 0) === to;
  if (!isDay || to < EARLIEST_LAST_DAY || to >= today)
    refuse(`--to takes a day from ${EARLIEST_LAST_DAY} to yesterday, YYYY-MM-DD`);
  return to;
}

function plusDays(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function refuse(message) {
  process.stderr.write(`demo: ${message}\n`);
  process.exit(2);
}

/** Makes the folder anew; what somebody else put under its name is left alone. */
function emptyFolder() {
  const found = existsSync(DATA) ? readdirSync(DATA) : [];
  if (found.length > 0 && !found.includes('events.sqlite') && !found.includes('history.ndjson')) {
    process.stderr.write(`demo: ${DATA} is there and is not from an earlier demo; move it away first\n`);
    process.exit(1);
  }
  rmSync(DATA, { recursive: true, force: true });
  mkdirSync(DATA, { recursive: true });
}

/** Shows and runs one verb on the demo's data. A verb that fails ends the demo with its exit code. */
function fok(...args) {
  const shown = ['node', 'bin/fok.mjs', '--data', DATA, ...args];
  process.stdout.write(`$ ${shown.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, shown.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
  process.stdout.write('\n');
  if (status !== 0) process.exit(status ?? 1);
}

function heading(text) {
  process.stdout.write(`\n── ${text} ${'─'.repeat(Math.max(0, 100 - text.length))}\n\n`);
}

/**
 * Reads the history for the municipality's id and for a person worth looking at: still in home care on the last day,
 * who wished for another contact and got one, whose plan was gone through at a meeting and followed up, and who has an
 * entry corrected. Of these the one with the shortest history.
 */
async function lookFor(file) {
  const GONE_THROUGH = [
    'InformationGiven',
    'PlanMeetingHeld',
    'PlanAgreed',
    'FollowUpHeld',
    'ContactChangeRequested',
    'ContactReplaced',
    'EntryCorrected',
  ];
  let municipality;
  const episodes = new Map();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const { type, stream, data } = JSON.parse(line);
    if (type === 'ControllerRegistered' && data.kind === 'MUNICIPAL') municipality = stream.slice('controller-'.length);
    if (!stream.startsWith('careEpisode-')) continue;
    const episode = episodes.get(stream) ?? { entries: 0, types: new Set() };
    episodes.set(stream, episode);
    episode.entries += 1;
    episode.types.add(type);
    if (type === 'CareEpisodeStarted')
      Object.assign(episode, { recipient: data.recipient, unit: data.unit, careForm: data.careForm });
    if (type === 'CareEpisodeMovedUnit') episode.unit = data.unit;
  }
  const eventful = [...episodes.values()].filter(({ careForm, types }) => {
    const has = (type) => types.has(type);
    return careForm === 'HOME_CARE' && GONE_THROUGH.every(has) && !has('CareEpisodeEnded') && !has('OfferDeclined');
  });
  eventful.sort((a, b) => a.entries - b.entries);
  const [person] = eventful;
  if (municipality === undefined || person === undefined)
    throw new Error('the simulated history has no municipality, or nobody eventful');
  return { municipality, person };
}

function closing() {
  const home = 'http://127.0.0.1:3000';
  const api = `${home}/api/v1`;
  heading(`Done in ${Math.round((Date.now() - started) / 1000)} s. Serve these data`);
  process.stdout.write(
    [
      `AUTH=demo DATA_DIR=${DATA} npm start`,
      '',
      `and open ${home}/ to sign in as one of the persons found in the data: a manager, a contact, a case officer …`,
      'Without signing in, on this machine only:',
      '',
      `DATA_DIR=${DATA} npm start`,
      '',
      `and ask in another terminal (all calls: ${home}/api/docs):`,
      '',
      ...[
        `${api}/recipients/${person.recipient}/timeline`,
        `${api}/recipients/${person.recipient}/compliance?on=${LAST_DAY}`,
        `${api}/units/${person.unit}/current?on=${LAST_DAY}`,
        `${api}/units/${person.unit}/due?from=${LAST_DAY}&to=${plusDays(LAST_DAY, 31)}`,
        `${api}/reports/supervision?controller=${municipality}&on=${LAST_DAY}`,
        `${api}/reports/supervision/episodes?figure=withoutPrimary&controller=${municipality}&on=${LAST_DAY}`,
        `${api}/rules`,
      ].map((url) => `curl '${url}'`),
      '',
    ].join('\n'),
  );
}
