/** What a caller was told. */
export interface Told {
  readonly status: number;
  /** Whether it was opened before. */
  readonly replayed: boolean;
  readonly retryAfter: string | null;
  readonly code?: string;
}

/** Calls at a time when much is sent again. */
const AT_ONCE = 16;

/** A caller of a server in another process: it opens units, each under an Idempotency-Key of its own. */
export class Caller {
  /** What was answered with 201, by key: the unit's id. */
  readonly acknowledged = new Map<string, string>();
  /** Every key that was ever sent. */
  readonly sent = new Set<string>();

  constructor(private readonly controller: string) {}

  /**
   * Opens the unit of a key.
   * @returns what was answered; undefined when the connection was lost
   * @throws Error when a key opens another unit than before
   */
  async open(url: string, key: string): Promise<Told | undefined> {
    this.sent.add(key);
    const { answer, id, code } = (await this.send(url, key)) ?? {};
    if (!answer) return undefined;
    const known = this.acknowledged.get(key);
    if (known !== undefined && id !== undefined && known !== id)
      throw new Error(`key ${key} opened ${known}, and then ${id}`);
    if (answer.status === 201 && id !== undefined) this.acknowledged.set(key, id);
    return {
      status: answer.status,
      replayed: answer.headers.get('idempotency-replayed') === 'true',
      retryAfter: answer.headers.get('retry-after'),
      ...(code === undefined ? {} : { code }),
    };
  }

  /**
   * Sends again what was sent, under the same keys: what was acknowledged is told again, the rest is opened now or was.
   * @param keys which of them, default all
   * @throws Error when something is answered otherwise
   */
  async sendAgain(url: string, keys: Iterable<string> = [...this.sent]): Promise<void> {
    const next = keys[Symbol.iterator]();
    const work = async (): Promise<void> => {
      for (let { value, done } = next.next(); !done; { value, done } = next.next()) {
        const key = String(value);
        const known = this.acknowledged.has(key);
        const told = await this.open(url, key);
        if (told?.status !== 201 || (known && !told.replayed))
          throw new Error(`key ${key}, ${known ? '' : 'not '}acknowledged before, is answered ${JSON.stringify(told)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  private async send(
    url: string,
    key: string,
  ): Promise<{ readonly answer: Response; readonly id?: string; readonly code?: string } | undefined> {
    try {
      const answer = await fetch(`${url}/api/v1/units`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Actor-Id': 'test',
          'X-Actor-Role': 'ADMINISTRATOR',
          'Idempotency-Key': key,
        },
        body: JSON.stringify({
          controller: this.controller,
          name: `Unit ${key}`,
          careForms: ['HOME_CARE'],
          effectiveOn: '2024-01-01',
          lateReason: 'Registered afterwards.',
        }),
      });
      return { answer, ...((await answer.json()) as { readonly id?: string; readonly code?: string }) };
    } catch {
      // The connection was lost, before the answer or in the middle of it.
      return undefined;
    }
  }
}
