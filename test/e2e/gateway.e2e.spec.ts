import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { BODY_LIMIT } from '../../src/kernel/http/http-app.js';

/** A directive of nginx: its name, what is said of it, and what lies in its braces. */
interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
}

/**
 * Reads a configuration as nginx does (https://nginx.org/en/docs/beginners_guide.html#conf_structure): directives that
 * end with a semicolon or hold a block.
 * @throws Error for what nginx would not take either: a brace or a semicolon too many or too few
 */
function parse(text: string): readonly Directive[] {
  const tokens =
    text.match(/#[^\n]*|"(?:[^"\\]|\\.)*"|[{};]|[^\s{};"#]+/g)?.filter((token) => !token.startsWith('#')) ?? [];
  const block = (closed: boolean): Directive[] => {
    const found: Directive[] = [];
    for (let words: string[] = []; ;) {
      const token = tokens.shift();
      if (token !== undefined && !'{};'.includes(token)) {
        words.push(token);
        continue;
      }
      const [name, ...args] = words;
      words = [];
      if (token === ';' || token === '{') {
        if (name === undefined) throw new Error(`nothing stands before ${token}`);
        found.push({ name, args, ...(token === '{' ? { block: block(true) } : {}) });
      } else if (name !== undefined || (token === '}') !== closed) throw new Error(`${name ?? 'a block'} is not ended`);
      else return found;
    }
  };
  return block(false);
}

/** Every directive of a name in these and what lies in them. */
function all(directives: readonly Directive[], name: string): Directive[] {
  return directives.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one.block ?? [], name)]);
}

const example = readFileSync('examples/gateway/nginx.conf', 'utf8');

describe('the example of a gateway', () => {
  const file = parse(example);
  const [main] = all(file, 'location').filter(({ args }) => args[0] === '/');
  const headers = new Map(
    all(main?.block ?? [], 'proxy_set_header').map(({ args: [name = '', value = ''] }) => [name.toLowerCase(), value]),
  );

  it.each([
    ['a brace too many', `${example}}`],
    ['a brace too few', example.slice(0, example.lastIndexOf('}'))],
    ['a block without a name', example.replace('server_tokens off;', '{ }')],
    ['an end without its semicolon', example.replace(/;\s*\}/, ' }')],
  ])('is found to be none with %s', (_, broken) => {
    expect(broken).not.toBe(example);
    expect(() => parse(broken)).toThrow();
  });

  it('ends TLS, of versions that are safe, and sends who comes without it there', () => {
    expect(all(file, 'ssl_protocols').map(({ args }) => args)).toEqual([['TLSv1.2', 'TLSv1.3']]);
    expect(all(file, 'listen').map(({ args }) => args.join(' '))).toEqual(['80', '443 ssl']);
    expect(all(file, 'return').map(({ args }) => args[0])).toEqual(['308']);
  });

  it('lets nobody say by a header who she is, or which certificate is hers', () => {
    for (const name of ['x-actor-id', 'x-actor-role', 'x-actor-unit'])
      expect([name, headers.get(name)]).toEqual([name, '""']);
    expect(headers.get('client-cert')).toBe('$ssl_client_escaped_cert');
    expect(headers.get('host')).toBe('$host');
  });

  it('lets through as large bodies as the register takes', () => {
    expect(all(file, 'client_max_body_size').map(({ args }) => args[0])).toEqual([`${BODY_LIMIT / 1_048_576}m`]);
  });
});
