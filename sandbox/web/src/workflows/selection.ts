import type { Workflow } from './schemas';

/** What is looked at: a transition, a status or nothing yet. */
export type Selection = { kind: 'transition' | 'status'; id: string } | undefined;

/** The transitions that a selection is about. */
export function chosenTransitions(selection: Selection, { transitions }: Pick<Workflow, 'transitions'>): ReadonlySet<string> {
  if (!selection) return new Set();
  if (selection.kind === 'transition') return new Set([selection.id]);
  const { id } = selection;
  return new Set(
    transitions.filter((one) => one.toStatusReference === id || one.links.some((link) => link.fromStatusReference === id)).map((one) => one.id),
  );
}
