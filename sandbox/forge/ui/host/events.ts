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

/** A bus for each app, by the origin of its frames; Jira's own events, such as JIRA_ISSUE_CHANGED, go to all of them. */
class AppEvents {
  private readonly buses = new Map<string, EventBus>();

  of(origin: string): EventBus {
    const bus = this.buses.get(origin) ?? new EventBus();
    this.buses.set(origin, bus);
    return bus;
  }

  emit(event: string, payload?: unknown): void {
    for (const bus of this.buses.values()) bus.emit(event, payload);
  }
}

export const appEvents = new AppEvents();
export const publicEvents = new EventBus();
