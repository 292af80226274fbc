import { describe, expect, it } from '@jest/globals';
import { runtimeWarning } from './runtime-warning.js';

describe('what is said of the Node under a server', () => {
  it('is its end of life, where that has come', () => {
    expect(runtimeWarning('20.19.0')).toBe(
      'Node 20.19.0 has reached its end of life and gets no security fixes; Node 24 is recommended, and faster.',
    );
  });

  it.each(['22.13.0', '24.21.0', '26.10.0'])('is nothing of %s', (version) => {
    expect(runtimeWarning(version)).toBeUndefined();
  });
});
