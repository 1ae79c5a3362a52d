/**
 * Remote calls over postMessage, the same on both sides. Functions in arguments and results travel as numbers and arrive as async functions, so callbacks,
 * subscriptions and handles need no special cases. No schema library here: this code stands in front of every page of an app.
 */

const MARK = '__forgeFunction';

interface WireError {
  name: string;
  message: string;
}

export type WireMessage =
  | { forgeBridge: 1; t: 'cmd'; id: number; name: string; data: unknown }
  | { forgeBridge: 1; t: 'call'; id: number; fn: number; args: unknown }
  | { forgeBridge: 1; t: 'res'; id: number; ok: true; value: unknown }
  | { forgeBridge: 1; t: 'res'; id: number; ok: false; error: WireError };

type Request = { t: 'cmd'; name: string; data: unknown } | { t: 'call'; fn: number; args: unknown };
type AnyFunction = (...args: unknown[]) => unknown;

/** Whether a message event's data is one of ours; other scripts post messages too. */
export function isWireMessage(data: unknown): data is WireMessage {
  if (!isPlain(data) || data['forgeBridge'] !== 1 || typeof data['id'] !== 'number') return false;
  if (data['t'] === 'cmd') return typeof data['name'] === 'string';
  if (data['t'] === 'call') return typeof data['fn'] === 'number' && Array.isArray(data['args']);
  return (
    data['t'] === 'res' && (data['ok'] === true || (data['ok'] === false && isPlain(data['error']) && typeof data['error']['message'] === 'string'))
  );
}

/** One end of the wire. `post` sends to the other end, `command` answers its commands. */
export class Wire {
  private next = 0;
  private readonly functions = new Map<number, AnyFunction>();
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  constructor(
    private readonly post: (message: WireMessage) => void,
    private readonly command: (name: string, data: unknown) => unknown,
  ) {}

  /** Asks the other end to run a command. */
  request(name: string, data?: unknown): Promise<unknown> {
    return this.send({ t: 'cmd', name, data: this.encode(data) });
  }

  /** Takes a message from the other end; the caller has checked where it came from. */
  receive(message: WireMessage): void {
    if (message.t === 'res') return this.settle(message);
    void this.answer(message);
  }

  /** Fails everything still waiting, when the other end is gone. */
  close(reason: string): void {
    for (const one of this.waiting.values()) one.reject(new Error(reason));
    this.waiting.clear();
    this.functions.clear();
  }

  private send(request: Request): Promise<unknown> {
    const id = ++this.next;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      try {
        this.post({ forgeBridge: 1, id, ...request });
      } catch (error) {
        this.waiting.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  private async answer(message: Exclude<WireMessage, { t: 'res' }>): Promise<void> {
    const id = message.id;
    try {
      const value = await (message.t === 'cmd' ? this.command(message.name, this.decode(message.data)) : this.callFunction(message.fn, message.args));
      this.post({ forgeBridge: 1, t: 'res', id, ok: true, value: this.encode(value) });
    } catch (error) {
      const { name, message: text } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      this.post({ forgeBridge: 1, t: 'res', id, ok: false, error: { name, message: text } });
    }
  }

  private callFunction(fn: number, args: unknown): unknown {
    const target = this.functions.get(fn);
    if (!target) throw new Error('The function that was to be called belongs to a frame that is gone.');
    return target(...(this.decode(args) as unknown[]));
  }

  private settle(message: Extract<WireMessage, { t: 'res' }>): void {
    const one = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) one?.resolve(this.decode(message.value));
    else one?.reject(Object.assign(new Error(message.error.message), { name: message.error.name }));
  }

  private encode(value: unknown): unknown {
    if (typeof value === 'function') {
      const id = ++this.next;
      this.functions.set(id, value as AnyFunction);
      return { [MARK]: id };
    }
    return mapInside(value, (inner) => this.encode(inner));
  }

  private decode(value: unknown): unknown {
    if (isPlain(value) && typeof value[MARK] === 'number') {
      const fn = value[MARK];
      return (...args: unknown[]) => this.send({ t: 'call', fn, args: this.encode(args) });
    }
    return mapInside(value, (inner) => this.decode(inner));
  }
}

/** Plain objects and lists are walked; blobs, dates and the like are left to the browser's own cloning. */
function mapInside(value: unknown, map: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, map(inner)]));
  return value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
