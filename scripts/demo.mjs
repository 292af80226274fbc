// `npm run demo [-- FOLDER]`: a municipality of 2,000 recipients goes in; a timeline, a judgement and a supervisory
// report come out.
// Everything is done by the verbs that a user has, and each command is shown, so that any of them can be repeated by
// hand.
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const DATA = process.argv[2] ?? 'demo-data';
const HISTORY = join(DATA, 'history.ndjson');
const LAST_DAY = '2026-06-30';

const started = Date.now();
process.chdir(root);
ensureBuilt();
emptyFolder();

heading('A municipality that does not exist, from January 2022 to June 2026');
fok('simulate', '--recipients', '2000', '--from', '2022-01-01', '--to', LAST_DAY, '--seed', 'demo', '--out', HISTORY);
fok('import', HISTORY);
const { municipality, person } = await lookFor(HISTORY);

heading('One recipient: every step that was ever written down, the corrected ones too');
fok('timeline', person.recipient, '--as-of', LAST_DAY);

heading('The same recipient: what the law and the routine say of that day');
fok('compliance', person.recipient, '--on', LAST_DAY);

heading('The whole municipality: the supervisory report of that day');
fok('report', '--controller', municipality, '--on', LAST_DAY);

closing();

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
 * answered more than once, whose contact was replaced and who has an entry corrected. Of these the one with the
 * shortest history.
 */
async function lookFor(file) {
  let municipality;
  const episodes = new Map();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const { type, stream, data } = JSON.parse(line);
    if (type === 'ControllerRegistered' && data.kind === 'MUNICIPAL') municipality = stream.slice('controller-'.length);
    if (!stream.startsWith('careEpisode-')) continue;
    const episode = episodes.get(stream) ?? { entries: 0, types: new Map() };
    episodes.set(stream, episode);
    episode.entries += 1;
    episode.types.set(type, (episode.types.get(type) ?? 0) + 1);
    if (type === 'CareEpisodeStarted')
      Object.assign(episode, { recipient: data.recipient, unit: data.unit, careForm: data.careForm });
    if (type === 'CareEpisodeMovedUnit') episode.unit = data.unit;
  }
  const eventful = [...episodes.values()].filter(({ careForm, types }) => {
    const number = (type) => types.get(type) ?? 0;
    const answers = number('OfferAccepted') + number('OfferDeclined');
    return (
      careForm === 'HOME_CARE' &&
      answers > 1 &&
      number('ContactReplaced') > 0 &&
      number('EntryCorrected') > 0 &&
      number('CareEpisodeEnded') === 0
    );
  });
  eventful.sort((a, b) => a.entries - b.entries);
  const [person] = eventful;
  if (municipality === undefined || person === undefined)
    throw new Error('the simulated history has no municipality, or nobody eventful');
  return { municipality, person };
}

function closing() {
  const api = 'http://127.0.0.1:3000/api/v1';
  heading(`Done in ${Math.round((Date.now() - started) / 1000)} s. Serve these data`);
  process.stdout.write(
    [
      `DATA_DIR=${DATA} npm start`,
      '',
      'and ask in another terminal, or open http://127.0.0.1:3000/api/docs:',
      '',
      ...[
        `${api}/recipients/${person.recipient}/timeline`,
        `${api}/recipients/${person.recipient}/compliance?on=${LAST_DAY}`,
        `${api}/units/${person.unit}/current?on=${LAST_DAY}`,
        `${api}/units/${person.unit}/due?from=${LAST_DAY}&to=2026-07-31`,
        `${api}/reports/supervision?controller=${municipality}&on=${LAST_DAY}`,
        `${api}/reports/supervision/episodes?figure=withoutPrimary&controller=${municipality}&on=${LAST_DAY}`,
        `${api}/rules`,
      ].map((url) => `curl '${url}'`),
      '',
    ].join('\n'),
  );
}
