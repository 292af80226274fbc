// The server over an imported register, until told to stop. Input: {dataDir}. Tells its address, and what can be asked
// for.
import { Controller, Get, Query } from '@nestjs/common';
import { pino } from 'pino';
import { AppModule } from '../../../dist/server/app.module.js';
import { configure } from '../../../dist/kernel/config/configure.js';
import { Access } from '../../../dist/kernel/http/route-access.js';
import { createHttpApp } from '../../../dist/kernel/http/http-app.js';
import { OnQuery } from '../../../dist/answers/http/query-fields.js';
import { openRegister } from '../../../dist/app/register.js';
import { taskInput, tell } from '../task.mjs';

/**
 * The peer of every answer: the same server, a route that checks its question as the others do and then does nothing.
 */
class TrivialController {
  answer({ on }) {
    return { on };
  }
}
const method = Object.getOwnPropertyDescriptor(TrivialController.prototype, 'answer');
Reflect.defineMetadata('design:paramtypes', [OnQuery], TrivialController.prototype, 'answer');
Query()(TrivialController.prototype, 'answer', 0);
Get()(TrivialController.prototype, 'answer', method);
Access({ row: 'register.codes', about: 'register', act: 'NONE', shows: [] })(
  TrivialController.prototype,
  'answer',
  method,
);
Controller('trivial')(TrivialController);

const { dataDir } = taskInput();
const register = await openRegister({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' }, { follow: true });
const module = AppModule.forRegister(register, await configure({}), {});
const app = await createHttpApp(
  { ...module, controllers: [...module.controllers, TrivialController] },
  pino({ level: 'silent' }),
);
await app.listen(0, '127.0.0.1');

const head = await register.store.head();
const [middle] = await register.store.readLog({ from: head / 2n, limit: 1 });
const ids = (category, limit) => register.index.streams(category, { limit });
tell({
  port: Number(new URL(await app.getUrl()).port),
  recipients: await ids('recipient', 5_000),
  units: await ids('unit', 1_000),
  controllers: await ids('controller', 100),
  past: middle.recordedAt,
});

process.once('message', async () => {
  await app.close();
  await register.close();
  tell({});
  process.disconnect();
});
