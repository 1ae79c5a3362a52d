import { view } from '@forge/bridge';
import { report } from '../shared/report';

/** Ends the dialog; the payload goes to the page that opened it. */
export type Close = (payload?: unknown) => void;

export const close: Close = (payload) => {
  view.close(payload).catch((error: unknown) => report('The dialog did not close', error));
};
