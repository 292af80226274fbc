/** A caller of a server in another process: it opens units, each under an Idempotency-Key of its own. */
export class Caller {
  /** What was answered with 201, by key: the unit's id. */
  readonly acknowledged = new Map<string, string>();
  /** Every key that was ever sent. */
  readonly sent = new Set<string>();

  constructor(private readonly controller: string) {}

  /**
   * Opens the unit of a key.
   * @returns the status, and whether it was opened before; undefined when the connection was lost
   */
  async open(url: string, key: string): Promise<{ readonly status: number; readonly replayed: boolean; readonly retryAfter: string | null } | undefined> {
    this.sent.add(key);
    const { answer, id } = (await this.send(url, key)) ?? {};
    if (!answer) return undefined;
    const known = this.acknowledged.get(key);
    if (known !== undefined && known !== id) throw new Error(`key ${key} opened ${known}, and then ${id}`);
    if (answer.status === 201 && id !== undefined) this.acknowledged.set(key, id);
    return { status: answer.status, replayed: answer.headers.get('idempotency-replayed') === 'true', retryAfter: answer.headers.get('retry-after') };
  }

  private async send(url: string, key: string): Promise<{ readonly answer: Response; readonly id?: string } | undefined> {
    try {
      const answer = await fetch(`${url}/api/v1/units`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Actor-Id': 'test', 'X-Actor-Role': 'ADMINISTRATOR', 'Idempotency-Key': key },
        body: JSON.stringify({ controller: this.controller, name: `Unit ${key}`, careForms: ['HOME_CARE'], effectiveOn: '2024-01-01', lateReason: 'Registered afterwards.' }),
      });
      return { answer, ...((await answer.json()) as { readonly id?: string }) };
    } catch {
      // The connection was lost, before the answer or in the middle of it.
      return undefined;
    }
  }
}
