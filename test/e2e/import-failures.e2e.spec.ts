import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runVerb } from '../support/cli-in-process.js';
import { Program } from '../support/program.js';

jest.setTimeout(120_000);

const EXAMPLE = readFileSync(fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url)), 'utf8');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-import-failures-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('import', () => {
  it('ends with 3 and its summary when the file is cut off, and the whole lines before that are in', async () => {
    const packed = gzipSync(EXAMPLE, { level: 0 });
    const file = fileOf('cut.ndjson.gz', packed.subarray(0, packed.length - 200));
    const data = join(folder, 'cut');
    const { code, stdout, stderr } = await runVerb(['--data', data, 'import', file]);
    expect(stdout).toMatch(/^85 lines: 85 imported, 0 there already, 0 rejected/);
    expect(stderr).toBe(
      `fok: ${file} ends in the middle (the gzip file is cut off); the lines up to line 85 were read, what follows was not: import the whole file again, nothing is added twice\n`,
    );
    expect(code).toBe(3);
    const whole = await runVerb(['--data', data, 'import', fileOf('whole.ndjson', EXAMPLE), '--format', 'json']);
    expect(JSON.parse(whole.stdout)).toEqual({
      dryRun: false,
      lines: 86,
      imported: 1,
      skipped: 85,
      rejected: 0,
      rejectedByCode: {},
    });
    expect(whole.code).toBe(0);
  });

  it('ends with 1 when nothing of the file could be read', async () => {
    const file = fileOf('stub.ndjson.gz', gzipSync(EXAMPLE).subarray(0, 12));
    const { code, stdout, stderr } = await runVerb(['--data', join(folder, 'stub'), 'import', file]);
    expect(stderr).toMatch(/ends in the middle \(the gzip file is cut off\); no line could be read\n$/);
    expect(stdout).toMatch(/^0 lines: 0 imported/);
    expect(code).toBe(1);
  });

  it.each([
    ['a file', ''],
    ['a gzip file', gzipSync('')],
  ])('ends with 1 and says so when nothing was delivered: %s', async (name, content) => {
    const file = fileOf(`empty ${name}`, content);
    const { code, stdout, stderr } = await runVerb(['--data', join(folder, `register of ${name}`), 'import', file]);
    expect([code, stderr]).toEqual([1, `fok: ${file} is empty: nothing was delivered\n`]);
    expect(stdout).toMatch(/^0 lines: 0 imported/);
  });

  it.each([
    ['standard input', 'cat "$HISTORY" | "$@" -'],
    ['/dev/stdin', 'cat "$HISTORY" | "$@" /dev/stdin'],
    ['a redirected file', '"$@" - < "$HISTORY"'],
    ['a substituted process', '"$@" <(gzip -c "$HISTORY")'],
    ['a packed one', 'gzip -c "$HISTORY" | "$@" -'],
    ['a named pipe', 'mkfifo "$HISTORY.fifo"; cat "$HISTORY" > "$HISTORY.fifo" & "$@" "$HISTORY.fifo"'],
  ])('reads from a pipe: %s', async (name, shell) => {
    const [history, rejects] = [
      fileOf(`history of ${name.replaceAll('/', '')}`, `${EXAMPLE}{"ref":1}\n`),
      join(folder, 'rejects'),
    ];
    const environment = { HISTORY: history, DATA_DIR: `${history}.data` };
    const { code, stdout, stderr } = await new Program('cli', ['import', '--reject-file', rejects], {
      environment,
      shell,
    }).ended;
    expect([code, stderr]).toEqual([3, '']);
    expect(stdout).toMatch(/^87 lines: 86 imported, 0 there already, 1 rejected/);
    expect(readFileSync(`${rejects}.lines`, 'utf8')).toBe('{"ref":1}\n');
  });

  it('says in one line why rejected lines could not be kept, or that it is given a folder, and begins no register', async () => {
    const file = fileOf('history.ndjson', EXAMPLE);
    const data = join(folder, 'none');
    for (const [args, message] of [
      [
        [file, '--reject-file', file],
        `fok: the reject file ${file} would overwrite the input; name another with --reject-file\n`,
      ],
      [
        [file, '--reject-file', '/nonexistent/x'],
        'fok: the reject file /nonexistent/x cannot be written: no such file or directory (ENOENT); name another with --reject-file\n',
      ],
      [[folder], `fok: ${folder} is a folder; name a history file\n`],
    ] as const) {
      expect(await runVerb(['--data', data, 'import', ...args])).toEqual({ code: 1, stdout: '', stderr: message });
    }
    expect(readFileSync(file, 'utf8')).toBe(EXAMPLE);
    expect(existsSync(data)).toBe(false);
  });

  it('writes no file in a dry run; the reasons go to standard error', async () => {
    const file = fileOf('dry.ndjson', `${EXAMPLE}{"ref":"x"}\n`);
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await runVerb(['--data', join(folder, 'dry'), 'import', file, '--dry-run']);
    expect(stdout).toMatch(/^87 lines: 86 would be imported, 0 there already, 1 rejected .*\n {2}INVALID: 1\n$/);
    expect(JSON.parse(stderr)).toEqual({ line: 87, code: 'INVALID', reason: expect.any(String), ref: 'x' });
    expect(code).toBe(3);
    expect(readdirSync(folder)).toEqual(before);
  });
});
