/** What the model is about: work items, people, and a step somebody tries. */
import type { Status, Transition, Type } from './tables';

/** A value as people give it: words, a number, a moment, several choices; absent when empty. */
export type Value = string | number | Date | readonly string[];

export interface Person {
  key: string;
  profile: string;
}

export interface Handoff {
  parent: Item;
  child: Item;
  blocks: boolean;
  /** Came back before the asking work item last came into Realising; waiting in between aside (decision 0003). */
  earlier: boolean;
}

export interface Item {
  name: string;
  type: Type;
  status: Status;
  resolution: string | undefined;
  fields: Map<string, Value>;
  /** Fields given since the present status was entered. */
  fresh: Set<string>;
  /** Whence it waits. */
  origin: Status | undefined;
  assignee: string | undefined;
  reporter: string;
  /** Whoever asked for it, once that is written down (decision 0005). */
  askedBy: string | undefined;
  requester: string | undefined;
  /** Work types of what it is linked to, however. */
  linked: Type[];
  handoffs: Handoff[];
  /** How it came to be, if another work item handed it over. */
  parent: Handoff | undefined;
  fulfilledAt: number;
  /** Fixed on the spot: no hand-over was needed. */
  operateHere: boolean;
  /** Who last took a step. */
  took: Map<string, string>;
}

/** One step somebody tries. */
export interface Case {
  item: Item;
  transition: Transition;
  person: Person;
  fields: ReadonlyMap<string, Value>;
  fresh: ReadonlySet<string>;
  given: ReadonlySet<string>;
  /** Work types asked for by this step: in its field, or in the dialog. */
  asked: readonly Type[];
  now: number;
  reopenUntil(item: Item): number;
}
