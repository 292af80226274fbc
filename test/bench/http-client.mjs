import { connect } from 'node:net';
import { once } from 'node:events';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * One kept-alive connection that asks one thing after another. It reads no more of HTTP than the server under
 * measurement sends, so that
 * the client costs little beside it.
 */
export class HttpConnection {
  static async open(port) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new HttpConnection(socket);
  }

  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server closed the connection')));
  }

  get(path) {
    return this.send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  }

  post(path, body, headers = {}) {
    const text = JSON.stringify(body);
    const fields = Object.entries({
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      'X-Actor-Id': 'bench',
      'X-Actor-Role': 'UNIT_MANAGER',
      ...headers,
    });
    return this.send(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`,
    );
  }

  close() {
    this.socket.removeAllListeners('close').destroy();
  }

  /** @returns status, etag, text of the body, and milliseconds */
  send(request) {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject, since: performance.now() };
      this.socket.write(request);
    });
  }

  take(chunk) {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = this.received.latin1Slice(0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) return this.fail(new Error(`an answer without Content-Length: ${head.split('\r\n')[0]}`));
    const start = end + END_OF_HEAD.length;
    if (this.received.length < start + length) return;
    const body = this.received.utf8Slice(start, start + length);
    this.received = this.received.subarray(start + length);
    const { resolve, since } = this.waiting;
    this.waiting = undefined;
    resolve({
      status: Number(head.slice(9, 12)),
      etag: /\r\netag: ([^\r]+)/i.exec(head)?.[1],
      body,
      milliseconds: performance.now() - since,
    });
  }

  fail(error) {
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}

/** @throws Error that shows the answer when it has another status */
export function mustBe(status, answer) {
  if (answer.status !== status)
    throw new Error(`the server answered ${answer.status}, not ${status}: ${answer.body.slice(0, 300)}`);
  return answer;
}
