import { connect } from 'node:net';
import type { Answer } from './commands.harness.js';

/** What a server answers to bytes that no well-behaved client sends, a JSON body parsed. */
export async function sendRaw(url: string, bytes: string): Promise<Answer> {
  const text = await new Promise<string>((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer));
  });
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const headers = new Headers(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(': ', 2) as [string, string]),
  );
  return { status: Number(head.split(' ')[1]), headers, body: JSON.parse(body) };
}
