import { openRegister } from '../../src/app/register.js';

// A process that follows the log until it is killed: <folder> [rebuild]. With `rebuild` it builds the assessments anew
// over and over beside.
const [folder = '', also] = process.argv.slice(2);
const register = await openRegister(
  { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' },
  { follow: true, onError: (error) => console.log(`error ${error instanceof Error ? error.message : 'unknown'}`) },
);
console.log('ready');
let built = 0;
for (;;) {
  const status = register.rebuild?.status;
  if (also === 'rebuild' && status?.state !== 'RUNNING') {
    if (status?.state === 'DONE') console.log(`built ${(built += 1)}`);
    if (status?.state === 'FAILED') console.log(`failed ${status.error}`);
    register.rebuild?.start(['assessments']);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}
