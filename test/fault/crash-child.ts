import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEventStore, openKeyStore, openViewStore } from '../../src/stores/open-stores.js';
import { assembleRegister } from '../../src/app/register.js';
import { countedEventStore, countedViewStore, type Moment, WriteCounter } from './killing-stores.js';
import { Damage, live } from './scenario.js';

// A process that lives through the scenario, or dies in it: <folder> [<number of the write> before|after].
const [folder = '', killAt, moment = 'before'] = process.argv.slice(2);
const writes: (readonly string[])[] = [];
const counter = new WriteCounter(killAt === undefined ? undefined : Number(killAt), moment as Moment, (sites) =>
  writes.push(sites),
);
const config = { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' } as const;
const damage = new Damage();

const held = await live(
  async (clock) => {
    const store = countedEventStore(await openEventStore(config), counter, damage.apply);
    const keys = await openKeyStore(config, store);
    return assembleRegister({ store, keys, views: countedViewStore(await openViewStore(config), counter) }, { clock });
  },
  damage,
  folder,
);
writeFileSync(join(folder, 'held.json'), JSON.stringify({ writes, held }));
