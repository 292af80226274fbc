import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Where a connection stops carrying anything: in the middle of a mark that a client sends, or after it, before anything
 * is answered.
 */
export type Break = 'half way' | 'before the answer';

/**
 * Stands between a client and a server of the tests, on loopback, and does to their connections what a network does.
 */
export class TcpProxy {
  /** How long every piece of bytes is on its way, in milliseconds. */
  delayMs = 0;
  private readonly pairs = new Set<Pair>();
  private planned: { readonly mark: string; readonly where: Break; readonly met: () => void } | undefined;
  private reachable = true;
  private silence: Promise<void> | undefined;
  private deaf = false;

  private constructor(
    private readonly server: Server,
    private readonly target: () => number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  /** @param target the port of the server behind it, asked for at each connection */
  static async before(target: () => number): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection, and those that come, until {@link up}. */
  down(): void {
    this.reachable = false;
    this.endAll();
  }

  up(): void {
    this.reachable = true;
  }

  /**
   * Lets nothing through, in either direction, and ends no connection, until the function that it gives is called; then
   * all of it arrives.
   */
  silent(): () => void {
    let over: () => void = () => undefined;
    this.silence = new Promise((resolve) => {
      over = () => {
        this.silence = undefined;
        resolve();
      };
    });
    return over;
  }

  /** Takes new connections and says nothing on them, not even a handshake; those that there are go on. @returns what ends it, for later ones */
  noHandshakes(): () => void {
    this.deaf = true;
    return () => {
      this.deaf = false;
    };
  }

  /**
   * Lets every connection hang from where a client next sends what holds a mark; {@link endAll} or {@link down} ends
   * them.
   * @returns when that has happened
   */
  hangAt(mark: string, where: Break): Promise<void> {
    return new Promise((resolve) => (this.planned = { mark, where, met: resolve }));
  }

  async close(): Promise<void> {
    this.down();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Ends every connection that there is; new ones are taken. */
  endAll(): void {
    for (const pair of this.pairs) pair.end();
  }

  private join(client: Socket): void {
    if (!this.reachable) return void client.destroy();
    const pair = new Pair(client, connect(this.target(), '127.0.0.1'), () => this.pairs.delete(pair));
    this.pairs.add(pair);
    if (this.deaf) pair.hang();
    client.on(
      'data',
      this.inOrder((bytes) => this.fromClient(pair, bytes)),
    );
    pair.server.on(
      'data',
      this.inOrder((bytes) => pair.toClient(bytes)),
    );
  }

  /** Passes pieces on as they came, each as late as the way is long now. */
  private inOrder(pass: (bytes: Buffer) => void): (bytes: Buffer) => void {
    let last = Promise.resolve();
    return (bytes) => {
      const way = this.delayMs > 0 ? new Promise((resolve) => setTimeout(resolve, this.delayMs)) : undefined;
      last = last.then(async () => {
        await way;
        while (this.silence) await this.silence;
        pass(bytes);
      });
    };
  }

  private fromClient(pair: Pair, bytes: Buffer): void {
    const { planned } = this;
    if (!planned || !bytes.includes(planned.mark)) return pair.toServer(bytes);
    this.planned = undefined;
    pair.toServer(planned.where === 'half way' ? bytes.subarray(0, bytes.indexOf(planned.mark) + 1) : bytes);
    for (const each of this.pairs) each.hang();
    planned.met();
  }
}

/** A client's connection and the one to the server that belongs to it. */
class Pair {
  private ended = false;
  private hangs = false;

  constructor(
    readonly client: Socket,
    readonly server: Socket,
    private readonly onEnd: () => void,
  ) {
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.end());
      socket.on('close', () => this.end());
    }
  }

  toServer(bytes: Buffer): void {
    if (!this.ended && !this.hangs) this.server.write(bytes);
  }

  toClient(bytes: Buffer): void {
    if (!this.ended && !this.hangs) this.client.write(bytes);
  }

  /** From now on nothing arrives, on either side. */
  hang(): void {
    this.hangs = true;
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.client.destroy();
    this.server.destroy();
    this.onEnd();
  }
}
