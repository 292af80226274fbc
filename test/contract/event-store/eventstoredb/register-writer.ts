/**
 * One of several processes that record in one register on a server: `register-writer.ts DATA-FOLDER CONNECTION
 * NAMESPACE NUMBER STOP`. All write to the same few streams, nobody waits for the others, until the file STOP is there.
 * Prints the id of a fact when it was answered.
 */
import { existsSync } from 'node:fs';
import { v4 } from 'uuid';
import { openRegister } from '../../../../src/app/register.js';

const STREAMS = 3;

const [dataDir = '', eventStoreUrl = '', eventStoreNamespace = '', number = '', stop = ''] = process.argv.slice(2);
const register = await openRegister({
  dataDir,
  eventStore: 'eventstoredb',
  eventStoreUrl,
  eventStoreNamespace,
  viewStore: 'sqlite',
});
await Promise.all(Array.from({ length: STREAMS }, (_, stream) => write(stream)));
await register.close();

async function write(stream: number): Promise<void> {
  while (!existsSync(stop)) {
    const id = v4();
    const at = `careEpisode-e0000000-0000-4000-8000-00000000000${stream + 1}`;
    const subject = `10000000-0000-4000-8000-00000000000${stream + 1}`;
    const data = { form: 'PHONE', items: ['UNDERSTOOD'], attendees: [{ kind: 'RELATIVE', name: 'Alma Alm' }] };
    await register.log.append(at, 'ANY', [
      {
        id,
        type: 'InformationGiven',
        stream: at,
        effectiveOn: '2024-03-01',
        actor: { id: `writer-${number}`, role: 'CARE_CONTACT' },
        subject,
        data,
      },
    ]);
    process.stdout.write(`${id}\n`);
  }
}
