/** A visitor of the site: one person, speaking HTTP to Jira's REST API and to an app's own calls. */

export interface Answer {
  status: number;
  body: unknown;
}

/** The site said no, or something nobody expected. */
export class Refused extends Error {
  constructor(
    readonly request: string,
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`${request}: ${String(status)} ${JSON.stringify(body)}`);
  }
}

const TOKEN = 'sandbox';

export class Visitor {
  constructor(
    readonly url: string,
    readonly email: string,
    readonly name = email,
  ) {}

  /** Sends a request and answers whatever comes back. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${this.email}:${TOKEN}`).toString('base64')}`,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** As `send`, but anything other than success throws Refused. */
  async ask<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 400) throw new Refused(`${method} ${path} as ${this.name}`, answer.status, answer.body);
    return answer.body as T;
  }

  /** Calls an app's resolver as a frame of the module would. */
  async invoke<T = unknown>(moduleKey: string, functionKey: string, payload: unknown = {}, issueKey?: string): Promise<T> {
    const extension = issueKey === undefined ? {} : { issue: { key: issueKey } };
    const answer = await this.ask<{ ok: boolean; value?: unknown; error?: { message: string } }>('POST', '/_forge/invoke', {
      moduleKey,
      functionKey,
      payload,
      extension,
    });
    if (!answer.ok) throw new Refused(`${functionKey} as ${this.name}`, 500, answer.error);
    return answer.value as T;
  }
}
