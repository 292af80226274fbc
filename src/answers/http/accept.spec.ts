import { describe, expect, it } from '@jest/globals';
import { preferred } from './accept.js';

const OFFERED = ['application/json', 'text/csv'] as const;

describe('content negotiation', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV; charset=utf-8', 'text/csv'],
    ['text/*;q=0.5, application/json;q=0.4', 'text/csv'],
    ['text/csv;q=0.5, */*', 'application/json'],
    ['text/html, application/json;q=0.9', 'application/json'],
    ['application/json;q=0, */*', 'text/csv'],
    ['text/html', undefined],
    ['text/csv;q=0', undefined],
    ['text/csv;q=much', undefined],
  ])('given Accept %j, then %j', (accept, type) => {
    expect(preferred(accept, OFFERED)).toBe(type);
  });
});
