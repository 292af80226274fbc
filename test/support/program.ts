import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environmentOf } from './stores.js';

const loader = new URL('./typescript.mjs', import.meta.url).href;
const source = (name: string): string => fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url));
const output = (name: string): string => fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));

export interface ProgramOptions {
  /** Its environment beside PATH and the stores under test; that of the tests is not handed on. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The numeric user it runs as, default this process's own. */
  readonly user?: number;
  /** The largest file it can write, in units of 512 bytes: what a full disk looks like. */
  readonly fileLimit?: number;
  /** A script of bash that runs it, as `"$@"` with its arguments: between pipes, or under limits. */
  readonly shell?: string;
  /**
   * Runs what was built instead of the sources: for measuring, since transforming the sources costs memory and time of
   * its own.
   */
  readonly built?: boolean;
}

export interface Ended {
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The register's command line (`cli`) or its server (`main`) in a process of its own: to be asked from outside, killed,
 * or hindered.
 */
export class Program {
  readonly ended: Promise<Ended>;
  private readonly process: ChildProcess;
  private stdout = '';
  private stderr = '';
  private changed: () => void = () => undefined;
  private over = false;

  constructor(
    name: 'cli' | 'main',
    args: readonly string[],
    { environment, user, fileLimit, shell, built }: ProgramOptions = {},
  ) {
    const command = [process.execPath, ...(built ? [output(name)] : ['--import', loader, source(name)]), ...args];
    const script = shell ?? (fileLimit === undefined ? undefined : `ulimit -f ${fileLimit}; exec "$@"`);
    const [program = '', ...rest] = script === undefined ? command : ['/bin/bash', '-c', script, 'bash', ...command];
    this.process = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      uid: user,
      env: { PATH: process.env['PATH'] ?? '', ...environmentOf(args, environment) },
    });
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => this.heard(() => (this.stdout += text)));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => this.heard(() => (this.stderr += text)));
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code, signal) => {
        this.heard(() => (this.over = true));
        resolve({ code: code ?? signal ?? -1, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Waits until it says something on standard error, and gives what was found. @throws when it ends before that */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stderr);
      if (found) return found;
      if (this.over) throw new Error(`the program ended without saying ${String(pattern)}: ${this.stderr}`);
      await new Promise<void>((resolve) => (this.changed = resolve));
    }
  }

  /**
   * Limits the size of the files that it may write from now on, in bytes: for the program its disk is full there.
   * Without a limit there is room again.
   */
  limitFiles(bytes?: number): void {
    execFileSync('prlimit', ['--pid', String(this.process.pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`]);
  }

  /** Asks it to stop, as a service manager does. */
  stop(): Promise<Ended> {
    this.process.kill('SIGTERM');
    return this.ended;
  }

  /** kill -9; nothing in the process learns of it. */
  kill(): Promise<Ended> {
    this.process.kill('SIGKILL');
    return this.ended;
  }

  /** The most memory that was resident so far, in MiB, as Linux counts it; undefined once the process is gone. */
  peakMemory(): number | undefined {
    try {
      const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))?.[1];
      return kib === undefined ? undefined : Number(kib) / 1024;
    } catch {
      return undefined;
    }
  }

  private heard(what: () => void): void {
    what();
    this.changed();
  }
}
