import { describe, expect, it } from '@jest/globals';
import { accepted, assigned, offered, planAgreed, started } from './testing/facts.spec-helper.js';
import { given } from './testing/history.spec-helper.js';

describe('an episode from start to plan', () => {
  const history = given(started('2024-01-01'), offered('2024-01-10'), accepted('2024-01-12'), assigned('2024-01-20'), planAgreed('2024-02-01', { followUpOn: '2024-05-01' }));

  it('is laid out in segments', () => {
    expect(history.segments('OFFER')).toEqual(['DUE 2024-01-01..2024-01-09 in time to 2024-01-14', 'MET 2024-01-10..']);
    expect(history.segments('ANSWER')).toEqual(['DUE 2024-01-10..2024-01-11 in time to 2024-01-23', 'MET 2024-01-12..']);
    expect(history.segments('ASSIGNED')).toEqual(['DUE 2024-01-12..2024-01-19 in time to 2024-01-25', 'MET 2024-01-20..']);
    expect(history.segments('PLAN')).toEqual(['DUE 2024-01-12..2024-01-31 in time to 2024-02-10', 'MET 2024-02-01..']);
    expect(history.segments('FOLLOW_UP')).toEqual(['MET 2024-02-01..2024-05-01 in time to 2024-05-01', 'BREACH 2024-05-02..']);
    expect(history.segments('TITLE', 'assignment')).toEqual(['BREACH NONE 2024-01-20..']);
    expect(history.segments('YEARLY', 'assignment')).toEqual(['MET 2024-01-20..2025-01-19 in time to 2025-01-19', 'BREACH 2025-01-20..']);
  });
});
