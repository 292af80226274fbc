const optionsOf = (tsx) => ({
  jsc: {
    parser: { syntax: 'typescript', decorators: true, tsx },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
});

/** How our TypeScript becomes JavaScript: in jest, and in the processes that tests start. */
export const SWC_OPTIONS = optionsOf(false);

/** The same for files with markup. */
export const SWC_TSX_OPTIONS = optionsOf(true);
