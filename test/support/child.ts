import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const loader = new URL('./typescript.mjs', import.meta.url).href;

/** A TypeScript program of the tests, running in a process of its own. */
export class Child {
  readonly lines: string[] = [];
  private readonly process: ChildProcess;
  private readonly ended: Promise<number | NodeJS.Signals>;
  private over = false;
  private errors = '';
  private watchers: (() => void)[] = [];

  /**
   * @param program the URL of its file
   * @param args its arguments
   * @param user the numeric user it runs as, default this process's own
   */
  constructor(program: URL, args: readonly string[], user?: number) {
    this.process = spawn(process.execPath, ['--import', loader, fileURLToPath(program), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      uid: user,
    });
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      this.lines.push(line);
      for (const watcher of this.watchers) watcher();
    });
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code, signal) => {
        this.over = true;
        resolve(code ?? signal ?? -1);
        for (const watcher of this.watchers) watcher();
      });
    });
  }

  /** Waits until it has printed so many lines. @throws when it ends before that */
  async printed(count: number): Promise<void> {
    while (this.lines.length < count) {
      if (this.over) throw new Error(`the child ended after ${this.lines.length} lines: ${this.errors}`);
      await new Promise<void>((resolve) => {
        this.watchers.push(resolve);
      });
      this.watchers = [];
    }
  }

  /** Waits for its end: its exit code, or the signal that ended it, with what it wrote to stderr. */
  async end(): Promise<{ code: number | NodeJS.Signals; stderr: string }> {
    return { code: await this.ended, stderr: this.errors };
  }

  /** kill -9, then waits for the end. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
