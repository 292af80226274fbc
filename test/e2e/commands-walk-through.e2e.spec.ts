import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestServer } from './commands.harness.js';

interface Block {
  readonly heading: string;
  readonly script: string;
  /** What the page shows under the block. */
  readonly shown?: object;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(new URL(`../../docs/how-to/${page}.md`, import.meta.url), 'utf8');
  const found: Block[] = [];
  let heading = 'The shell';
  for (const [, title, language, code = ''] of text.matchAll(/^## (.+)$|^```(bash|json)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    else if (language === 'bash') found.push({ heading, script: code });
    else found.push({ ...found.pop()!, shown: JSON.parse(code) as object });
  }
  return found;
}

const SEPARATOR = '@@@ end of block @@@';

/** Runs all blocks in one shell and gives what each of them printed. */
function run(blocks: readonly Block[], base: string, folder: string): Promise<string[]> {
  const script = ['set -euo pipefail', ...blocks.map(({ script: block }) => `${block}\necho '${SEPARATOR}'`)].join(
    '\n',
  );
  return new Promise((resolve, reject) => {
    const shell = spawn('bash', ['-c', script], {
      cwd: folder,
      env: { ...process.env, BASE: base, LC_ALL: 'C.UTF-8' },
    });
    let printed = '';
    let errors = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    shell.on('close', (code) =>
      code === 0
        ? resolve(printed.split(SEPARATOR))
        : reject(new Error(`the shell ended with ${code}: ${errors}${printed}`)),
    );
  });
}

/** The pages that are walked through, and the person with whom everything is as it should be on its last day. */
const PAGES = [
  ['walk-through-the-process', '0f000000-3333-4000-8000-000000000001', '2026-11-20'],
  ['follow-the-guide-of-the-contact', '0e000000-3333-4000-8000-000000000001', '2026-11-21'],
] as const;

describe.each(PAGES)('%s in docs/how-to', (page, recipient, lastDay) => {
  const blocks = blocksOf(page);
  const folder = mkdtempSync(join(tmpdir(), 'fok-walk-'));
  let server: TestServer;
  let printed: string[];
  beforeAll(async () => {
    server = await TestServer.start();
    printed = await run(blocks, `${server.url}/api/v1`, folder);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it.each(blocks.map(({ heading, shown }, index) => [index + 1, heading, shown] as const))(
    'block %i, %s, prints what the page shows',
    (number, _, shown) => {
      const lines = (printed[number - 1] ?? '').split('\n').filter((line) => line.startsWith('{'));
      const answers = lines.map((line): unknown => JSON.parse(line));
      // Only the answers that the page shows may be refusals. They come first: what a refused step left out shows in
      // the ones after it.
      for (const answer of answers.slice(0, -1)) expect(answer).not.toHaveProperty('code');
      if (shown === undefined) expect(answers).toEqual([]);
      else expect(answers.at(-1)).toMatchObject(shown);
    },
  );

  it('ends with everything as it should be', async () => {
    const { body } = await server.get(`/recipients/${recipient}/compliance?on=${lastDay}`);
    const [episode] = body['episodes'] as { rules: { rule: string; status: string }[] }[];
    expect(episode?.rules.filter(({ status }) => status !== 'MET')).toEqual([]);
  });
});
