import { readFileSync } from 'node:fs';

/** Settings whose value may lie in a file that `NAME_FILE` names, so that it stands in no environment and no list of processes. */
const URLS = ['EVENTSTORE_URL', 'MONGODB_URL', 'KEYS_MONGODB_URL'] as const;
/** The password alone, for the address of the same name. */
const PASSWORDS = {
  EVENTSTORE_URL: 'EVENTSTORE_PASSWORD_FILE',
  MONGODB_URL: 'MONGODB_PASSWORD_FILE',
  KEYS_MONGODB_URL: 'KEYS_MONGODB_PASSWORD_FILE',
} as const;

export const SECRET_FILE_SETTINGS = [...URLS.map((name) => `${name}_FILE` as const), ...Object.values(PASSWORDS)];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Puts what the named files hold where it belongs: an address, or the password of the user in one. The end of the
 * file's line is no part of it.
 * @param read gives a file's text
 * @returns the settings, and what is wrong, without any value
 */
export function withSecretFiles(
  environment: Environment,
  read: (file: string) => string = (file) => readFileSync(file, 'utf8'),
): { readonly environment: Environment; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const settings: Record<string, string | undefined> = { ...environment };
  const secretOf = (setting: string): string | undefined => {
    const file = environment[setting]?.trim();
    if (!file) return undefined;
    try {
      const secret = read(file).replace(/\r?\n$/, '');
      if (secret.trim() !== '' && !/[\r\n]/.test(secret)) return secret;
      problems.push(`${setting} must name a file that holds one line`);
    } catch (error) {
      problems.push(`${setting} names a file that cannot be read (${codeOf(error)})`);
    }
    return undefined;
  };
  for (const name of URLS) {
    const url = secretOf(`${name}_FILE`);
    if (url !== undefined && settings[name]?.trim()) problems.push(`${name} and ${name}_FILE are both set: choose one`);
    else if (url !== undefined) settings[name] = url;
    const password = secretOf(PASSWORDS[name]);
    if (password === undefined) continue;
    const whole = withPassword(settings[name] ?? '', password);
    if (whole === undefined)
      problems.push(`${PASSWORDS[name]} needs a user without a password in ${name}: SCHEME://USER@HOST`);
    else settings[name] = whole;
  }
  return { environment: settings, problems };
}

function withPassword(url: string, password: string): string | undefined {
  const [, scheme, user, rest] = /^([a-z+]+:\/\/)([^:@/?]+)@(.+)$/is.exec(url) ?? [];
  return rest === undefined ? undefined : `${scheme}${user}:${encodeURIComponent(password)}@${rest}`;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
