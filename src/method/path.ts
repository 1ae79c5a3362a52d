/** The method's own eight workflows, W1 to W8 (3.1): computed from the hand-offs that were really made, never asked. */
import { isImprove, type ProcessKey, workType, type WorkTypeKey } from './work-types';

export type PathCode = 'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W6' | 'W7' | 'W8';

export const PATHS: Record<PathCode, { meaning: string; processes: readonly ProcessKey[] }> = {
  W1: { meaning: 'Wish', processes: ['agree', 'change', 'operate'] },
  W2: { meaning: 'Change', processes: ['change', 'operate'] },
  W3: { meaning: 'Incident that needs a change', processes: ['recover', 'change', 'operate'] },
  W4: { meaning: 'Incident that needs no change', processes: ['recover', 'operate'] },
  W5: { meaning: 'Service request', processes: ['operate'] },
  W6: { meaning: 'Risk that alters the agreement', processes: ['improve', 'agree', 'change', 'operate'] },
  W7: { meaning: 'Risk that alters what is managed', processes: ['improve', 'change', 'operate'] },
  W8: { meaning: 'Risk that operations can handle', processes: ['improve', 'operate'] },
};

/** `W1-answer`: a complaint that ended in an answer or a remedy without a new agreement. */
export type Path = PathCode | 'W1-answer' | 'open';

/** Path by the root and everything that was handed over below it. `operateHere`: an incident fixed on the spot. */
export function pathOf(root: WorkTypeKey, descendants: readonly WorkTypeKey[], operateHere = false): Path {
  const any = (type: WorkTypeKey) => descendants.includes(type);
  switch (root) {
    case 'wish':
      return 'W1';
    case 'rfc':
      return 'W2';
    case 'serviceRequest':
      return 'W5';
    case 'complaint':
      return any('wish') ? 'W1' : 'W1-answer';
    case 'incident':
      if (any('rfc')) return 'W3';
      return descendants.length > 0 || operateHere ? 'W4' : 'open';
    case 'improvement':
    case 'preventiveAction':
    case 'optimization':
      if (any('wish')) return 'W6';
      if (any('rfc')) return 'W7';
      return any('serviceRequest') ? 'W8' : 'open';
  }
}

/** The processes of a path in the order they are met; of an open path only the root's own. */
export function processesOf(root: WorkTypeKey, path: Path): readonly ProcessKey[] {
  if (path === 'open' || path === 'W1-answer') return [workType(root).process];
  return PATHS[path].processes;
}

export const pathMeaning = (root: WorkTypeKey, path: Path): string => {
  if (path === 'open') return isImprove(root) ? 'Path open until the measure is handed over' : 'Path open until the first hand-over';
  return path === 'W1-answer' ? 'Complaint answered' : PATHS[path].meaning;
};
