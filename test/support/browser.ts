/** A browser as far as signing in goes: it keeps cookies by host, and is led on by redirects only where it is told to. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** What a server was told in the last call. */
  async call(
    url: string,
    {
      method = 'GET',
      headers = {},
      form,
    }: { method?: string; headers?: Record<string, string>; form?: Record<string, string> } = {},
  ): Promise<Seen> {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        ...(this.cookies.size > 0
          ? { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const set = answer.headers.getSetCookie();
    for (const cookie of set) this.keep(cookie);
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      headers: answer.headers,
      set,
      text: await answer.text(),
      ...(location === null ? {} : { to: new URL(location, url).href }),
    };
  }

  /** Follows redirects until something is shown. */
  async open(url: string, options: Parameters<Browser['call']>[1] = {}): Promise<Seen & { readonly url: string }> {
    let seen = await this.call(url, options);
    let at = url;
    for (let hops = 0; seen.to !== undefined; hops += 1) {
      if (hops > 20) throw new Error(`led on and on, to ${seen.to}`);
      at = seen.to;
      seen = await this.call(at);
    }
    return { ...seen, url: at };
  }

  /** The value of a cookie that it has now. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  /** Gives it a cookie, as somebody might who can write to it. */
  plant(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(name.length + 1);
    const past = attributes.some((one) => /^expires=/i.test(one) && Date.parse(one.slice(8)) <= Date.now());
    if (value === '' || past || attributes.some((one) => /^max-age=0$/i.test(one))) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  /** What it was told to keep. */
  readonly set: readonly string[];
  readonly text: string;
  /** Where it is led, whole. */
  readonly to?: string;
}
