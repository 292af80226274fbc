import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Which files are mutated, and which specs are to notice. */

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rules = join(repository, 'src/compliance-rules');

const isSpec = (path) => path.endsWith('.spec.ts');
/** Without files that only pass on names or declare types. */
const isSource = (path) =>
  path.endsWith('.ts') &&
  !isSpec(path) &&
  !path.endsWith('.spec-helper.ts') &&
  !['index.ts', 'model.ts', 'rule.ts'].includes(basename(path));

function filesBelow(takes) {
  return readdirSync(rules, { recursive: true })
    .map((name) => join(rules, name))
    .filter(takes)
    .sort();
}

/** The rules' own code, by absolute path. */
export function sources() {
  return filesBelow(isSource);
}

/**
 * The specs, the one beside the file first: it is the likeliest to notice. Property specs are left out: they are slow,
 * and what only a random history finds is not pinned down.
 */
export function specsFor(file) {
  const beside = file?.replace(/\.ts$/, '.spec.ts');
  return filesBelow((path) => isSpec(path) && !path.endsWith('.property.spec.ts')).sort(
    (a, b) => Number(b === beside) - Number(a === beside),
  );
}
