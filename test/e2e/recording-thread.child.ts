import { randomUUID } from 'node:crypto';
import { forgetPersons } from '../../src/audit/forget/forget.js';
import { type FactToRecord, PersonForgottenError } from '../../src/kernel/event-sourcing/event-log.js';
import { EventStoreError } from '../../src/kernel/event-store/event-store.js';
import { RecordingThread } from '../../src/import/recording-thread.js';
import { openRegister } from '../../src/app/register.js';

// Records facts through a recording thread and prints what it answered: <folder>
const [folder = ''] = process.argv.slice(2);
const register = await openRegister({ dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' });
const actor = { id: 'a1', role: 'ADMINISTRATOR' };
const controller = randomUUID();

function fact(
  type: string,
  category: string,
  data: Record<string, unknown>,
  id: string = randomUUID(),
): FactToRecord & { readonly subject: string } {
  return {
    id: randomUUID(),
    type,
    stream: `${category}-${id}`,
    effectiveOn: '2024-01-01',
    actor,
    subject: id,
    controller,
    data,
  };
}

const opening = (): FactToRecord =>
  fact('StaffRegistered', 'staff', { controller, unit: randomUUID(), name: 'Siv Ek' });
let recordedHere = 0;
const thread = new RecordingThread(
  { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' },
  {
    appendAll: (batch) => {
      recordedHere += 1;
      return register.log.appendAll(batch);
    },
  },
  1,
);
// Until the thread is ready everything is recorded here.
for (let before = -1; before < recordedHere;) {
  before = recordedHere;
  const one = opening();
  await thread.appendAll([{ stream: one.stream, expected: 'NO_STREAM', facts: [one] }]);
}

const person = fact('RecipientRegistered', 'recipient', {
  controller,
  identity: { type: 'PERSONNUMMER', value: '198112189876' },
  name: 'Anna Öberg',
  protection: 'NONE',
});
const forgotten = fact('RecipientRegistered', 'recipient', {
  controller,
  identity: { type: 'RESERVE', value: 'R-1' },
  name: 'Bo Ek',
  protection: 'NONE',
});
const landed = await thread.appendAll(
  [person, forgotten].map((one) => ({ stream: one.stream, expected: 'NO_STREAM', facts: [one] })),
);
const [stored] = await register.log.open(await register.log.readStream(person.stream));
await forgetPersons(
  [forgotten.subject],
  { reason: 'test', actor },
  { log: register.log, keys: register.keys, clock: register.clock },
);
const again = { ...forgotten, id: randomUUID() };
const refused = await thread.appendAll([
  { stream: again.stream, expected: 'STREAM_EXISTS', facts: [again] },
  { stream: person.stream, expected: 7n, facts: [{ ...person, id: randomUUID() }] },
  { stream: person.stream, expected: 'ANY', facts: [{ ...person, id: randomUUID(), data: { name: 1 } }] },
  { stream: person.stream, expected: 'NO_STREAM', facts: [person] },
]);
await thread.close();
console.log(
  JSON.stringify({
    recordedHere: recordedHere > 0,
    landed: landed.map((answer) => !(answer instanceof EventStoreError) && !answer.already),
    name: stored?.data['name'],
    refused: refused.map((answer) =>
      answer instanceof EventStoreError ? answer.code : { already: answer.already, position: String(answer.position) },
    ),
    forgotten: refused[0] instanceof PersonForgottenError && refused[0].subject === forgotten.subject,
    position: String(stored?.position),
  }),
);
const ended = await thread
  .appendAll([])
  .catch((error: unknown) => (error instanceof EventStoreError ? error.code : 'another error'));
console.log(JSON.stringify({ ended }));
await register.close();
