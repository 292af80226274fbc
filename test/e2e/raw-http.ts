import { once } from 'node:events';
import { connect } from 'node:net';
import type { Answer } from './commands.harness.js';

/**
 * What a server answers to bytes that no well-behaved client sends, a JSON body parsed.
 * @param between done before the last of several pieces is sent
 */
export async function sendRaw(
  url: string,
  bytes: string | readonly [string, string],
  between?: () => Promise<void>,
): Promise<Answer> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)));
  const closed = once(socket, 'close');
  const [first, last] = typeof bytes === 'string' ? [bytes, ''] : bytes;
  await new Promise((resolve) => socket.write(first, resolve));
  await between?.();
  socket.write(last);
  await closed;
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const headers = new Headers(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(': ', 2) as [string, string]),
  );
  return { status: Number(head.split(' ')[1]), headers, body: JSON.parse(body) };
}
