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

const DOCUMENTS = ['application/json', 'application/pdf', 'application/pdf;profile="a-3a"'] as const;

describe('a type with a profile', () => {
  it.each([
    ['application/pdf', 'application/pdf'],
    ['application/pdf;profile="a-3a"', 'application/pdf;profile="a-3a"'],
    ['application/pdf; Profile=A-3A;q=0.9', 'application/pdf;profile="a-3a"'],
    ['application/pdf;profile="a-3a", application/pdf;q=0.5', 'application/pdf;profile="a-3a"'],
    ['application/pdf;profile="x-4"', undefined],
    ['application/*', 'application/json'],
    ['application/json;q=0, application/*', 'application/pdf'],
  ])('given Accept %j is %j', (accept, type) => {
    expect(preferred(accept, DOCUMENTS)).toBe(type);
  });
});
