// Loads the program. Under a limit of open files that its own modules exceed, Node would end it with a page of its own code.

/** Enough for the modules, which are read side by side, and for what the register opens. */
const ENOUGH_FILES = 1_024;

/** @param {URL} url a module that runs when it is loaded */
export async function load(url) {
  try {
    await import(url);
  } catch (error) {
    // A module that cannot be looked for is said not to be there.
    const wanting = ['EMFILE', 'ENFILE', 'ERR_MODULE_NOT_FOUND'].includes(error.code);
    const limit = wanting ? process.report.getReport().userLimits?.open_files.soft : undefined;
    if (!(limit < ENOUGH_FILES)) throw error;
    process.stderr.write(
      `The program cannot be loaded: it may open ${limit} files only. Allow it ${ENOUGH_FILES}: ulimit -n ${ENOUGH_FILES}, or LimitNOFILE= in its service.\n`,
    );
    process.exitCode = 1;
  }
}
