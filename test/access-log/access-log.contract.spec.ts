import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import { SqliteAccessLog } from '../../src/access-log/sqlite/sqlite-access-log.js';
import { accessLogContract } from './access-log.contract.js';

accessLogContract({
  name: 'memory',
  shared: false,
  open: async (clock) => {
    const log = new MemoryAccessLog(clock);
    const openAgain = () => Promise.reject(new Error("a log in memory is one process's own"));
    return { log, openAgain, dispose: () => log.close() };
  },
});

accessLogContract({
  name: 'sqlite',
  shared: true,
  open: async (clock) => {
    const folder = await mkdtemp(join(tmpdir(), 'access-'));
    const opened: SqliteAccessLog[] = [];
    const openAgain = async () => {
      const log = await SqliteAccessLog.open({ path: join(folder, 'access', 'access.sqlite'), clock });
      opened.push(log);
      return log;
    };
    const dispose = async () => {
      for (const log of opened) await log.close();
      await rm(folder, { recursive: true });
    };
    return { log: await openAgain(), openAgain, dispose };
  },
});
