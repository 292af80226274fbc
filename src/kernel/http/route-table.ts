/** The routes of the server, so that a wrong method on a right path is answered with 405 and not with 404. */
export class RouteTable {
  private readonly methodsByPattern = new Map<string, Set<string>>();

  /** @param pattern as registered, with `:name` for a parameter */
  add(methods: string | readonly string[], pattern: string): void {
    const known = this.methodsByPattern.get(pattern) ?? new Set();
    for (const method of [methods].flat()) known.add(method);
    this.methodsByPattern.set(pattern, known);
  }

  /** The methods that a path answers to, in alphabetical order; empty when no route has this path. */
  allowed(path: string): string[] {
    const parts = path.split('/');
    const found = new Set<string>();
    for (const [pattern, methods] of this.methodsByPattern)
      if (fits(pattern.split('/'), parts)) for (const method of methods) found.add(method);
    return [...found].sort();
  }
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, at) => (part.startsWith(':') ? path[at] !== '' : part === path[at]))
  );
}
