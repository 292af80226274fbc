import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The file of settings in the folder that a program is started in. */
export const ENV_FILE = '.env';

/** What a file of settings says, `NAME=value` a line. The server and the command line read it alike. */
export function parseEnvFile(text: Buffer | string): Record<string, string> {
  return parseEnv(text.toString()) as Record<string, string>;
}

/**
 * The environment, with what it does not name taken from the file of settings, if there is one.
 * @throws the file system's error when it cannot be read
 */
export function withEnvFile(
  environment: Readonly<Record<string, string | undefined>>,
  path: string = ENV_FILE,
): Record<string, string | undefined> {
  return existsSync(path) ? { ...parseEnvFile(readFileSync(path)), ...environment } : { ...environment };
}
