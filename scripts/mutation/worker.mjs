import { specsFor } from './rule-files.mjs';
import { SpecRunner } from './spec-runner.mjs';

/**
 * The child process of a mutation run: tries one mutant a message, and answers with the first test that failed, if one
 * did.
 */
const runner = new SpecRunner();
process.on('message', async ({ file, source }) => {
  const failure = await runner.firstFailure(specsFor(file), file === undefined ? undefined : { file, source });
  process.send({ failure });
});
