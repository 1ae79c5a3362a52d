/** The site's end of the bridge of one frame. */
import { isWireMessage, Wire } from '../frame/wire';

export type CommandHandler = (data: unknown) => unknown;
export type CommandHandlers = Readonly<Record<string, CommandHandler>>;

/** Answers the commands of the frame it is attached to, and of no other window. */
export class BridgeHost {
  private wire: Wire | undefined;
  private detach: (() => void) | undefined;

  /** `origin` is where the frame's page was served from; messages to and from any other origin are dropped. */
  constructor(
    private readonly origin: string,
    private readonly handlers: CommandHandlers,
  ) {}

  attach(iframe: HTMLIFrameElement): void {
    this.dispose();
    const wire = new Wire(
      (message) => iframe.contentWindow?.postMessage(message, this.origin),
      (name, data) => this.run(name, data),
    );
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.source === iframe.contentWindow && event.origin === this.origin && isWireMessage(event.data)) wire.receive(event.data);
    };
    window.addEventListener('message', listen);
    this.wire = wire;
    this.detach = () => window.removeEventListener('message', listen);
  }

  dispose(): void {
    this.detach?.();
    this.wire?.close('The frame is gone.');
    this.detach = this.wire = undefined;
  }

  private run(name: string, data: unknown): unknown {
    const handler = Object.hasOwn(this.handlers, name) ? this.handlers[name] : undefined;
    if (!handler) throw new Error(`This site does not have the bridge command "${name}".`);
    return handler(data);
  }
}
