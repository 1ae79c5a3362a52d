/** The classic script first in every page of an app: gives @forge/bridge its `__bridge` and keeps the frame's height and theme in step with the site. */
import { reportHeight } from './height';
import { localHistory, type HostHistory } from './history';
import { applyTheme } from './theme';
import { isWireMessage, Wire } from './wire';

/** Put in when the script is compiled. */
declare const __SITE_ORIGIN__: string;

const wire = new Wire(
  (message) => window.parent.postMessage(message, __SITE_ORIGIN__),
  (name) => {
    throw new Error(`A frame has no command "${name}".`);
  },
);

window.addEventListener('message', (event) => {
  if (event.source === window.parent && event.origin === __SITE_ORIGIN__ && isWireMessage(event.data)) wire.receive(event.data);
});

const tell = (name: string, data?: unknown): void => {
  wire.request(name, data).catch((error: unknown) => console.error(`The site did not take "${name}".`, error));
};

async function callBridge(command: string, payload?: unknown): Promise<unknown> {
  if (command === 'enableTheming') return wire.request(command, applyTheme);
  if (command === 'createHistory') return localHistory((await wire.request(command, payload)) as HostHistory);
  if (command === 'openModal') return wire.request(command, withFocusBack(payload));
  return wire.request(command, payload);
}

/** A frame behind a dialog is inert and forgets what was focused in it; the element that opened the dialog gets the focus when it closes. */
function withFocusBack(payload: unknown): unknown {
  const opener = document.activeElement;
  const { onClose, ...options } = payload as { onClose?: (result: unknown) => unknown };
  return {
    ...options,
    onClose(result: unknown) {
      if (opener instanceof HTMLElement) opener.focus();
      return onClose?.(result);
    },
  };
}

Object.defineProperty(globalThis, '__bridge', { value: Object.freeze({ callBridge }), enumerable: true });

// Keys pressed in a frame never reach the page around it, so the dialog that shows the frame cannot see its own Escape.
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) tell('__escape');
});

reportHeight((height) => tell('__resize', { height }));
