/**
 * Prints at the end of a run what was skipped, by name: what needs a server that nobody named must not look as if it
 * had passed.
 */
export default class SkippedReporter {
  constructor(config) {
    this.root = config.rootDir;
    // With -t all that was not asked for counts as skipped.
    this.all = !config.testNamePattern;
  }

  onRunComplete(_contexts, { testResults }) {
    if (!this.all) return;
    const skipped = testResults.flatMap(({ testFilePath, testResults: tests }) =>
      tests
        .filter(({ status }) => status === 'pending')
        .map(({ fullName }) => `  ${testFilePath.slice(this.root.length + 1)}: ${fullName}`),
    );
    if (skipped.length > 0) process.stderr.write(`\nskipped:\n${skipped.join('\n')}\n`);
  }
}
