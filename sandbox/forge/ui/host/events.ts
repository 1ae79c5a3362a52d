/** Events between the frames of a page: within an app, and public ones. */

import { notify } from './notify';

type Listener = (payload: unknown) => unknown;

/** Frames subscribe, frames and the page emit. */
export class EventBus {
  private readonly listeners = new Map<string, Set<Listener>>();

  on(event: string, listener: Listener): { unsubscribe: () => void } {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return { unsubscribe: () => void listeners.delete(listener) };
  }

  emit(event: string, payload?: unknown): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) notify(listener, payload);
  }
}

/** Events of the installed app; the page itself emits Jira's own here, such as JIRA_ISSUE_CHANGED. */
export const appEvents = new EventBus();
export const publicEvents = new EventBus();
