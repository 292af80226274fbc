import { getSystemErrorMap } from 'node:util';

/**
 * What the operating system refused, in words and without the call that it was: `no such file or directory (ENOENT)`,
 * with the paths that the caller gave when `path` is asked for. Undefined for any other error.
 */
export function systemMessage(error: unknown, path: 'WITH_PATH' | 'WITHOUT_PATH' = 'WITHOUT_PATH'): string | undefined {
  if (typeof error !== 'object' || error === null || !('syscall' in error) || !('code' in error)) return undefined;
  const { code, errno, path: from, dest, message } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const [, words = message] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  const paths = path === 'WITH_PATH' && from !== undefined ? `: ${from}${dest === undefined ? '' : ` to ${dest}`}` : '';
  return `${words}${paths} (${code})`;
}
