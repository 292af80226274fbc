import { spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(4096, 1);

/** What the figures were measured on; they mean nothing without it. @param root of the working tree */
export function describeMachine(root) {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  return {
    commit: git('rev-parse', 'HEAD') || 'unknown',
    changed: git('status', '--porcelain') !== '',
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    loadBefore: loadavg()[0],
    date: new Date().toISOString(),
  };
}

/** How many times a second this disk makes 4 KiB at the end of a file durable: no single append can be faster. */
export function syncRate(folder, times) {
  const path = join(folder, 'fdatasync');
  const file = openSync(path, 'w');
  try {
    const started = performance.now();
    for (let written = 0; written < times; written++) {
      writeSync(file, BLOCK);
      fdatasyncSync(file);
    }
    return times / ((performance.now() - started) / 1000);
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
