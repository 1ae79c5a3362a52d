/** What the lines of a history say. Pure. */
import type { HistoryFilter, HistoryLine } from '../../src/contract';
import type { MarkKind } from '../shared/kinds';

export type Filter = HistoryFilter | 'all';

export const FILTERS: readonly { value: Filter; name: string }[] = [
  { value: 'all', name: 'Everything' },
  { value: 'status', name: 'Steps' },
  { value: 'handoff', name: 'Hand-offs' },
  { value: 'group', name: 'Groups' },
  { value: 'override', name: 'Let pass' },
  { value: 'refusal', name: 'Refused' },
  { value: 'anomaly', name: 'Outside the method' },
];

/** Instead of lines. */
export const NOTHING: Readonly<Record<Filter, string>> = {
  all: 'Nothing has happened to this work item yet.',
  status: 'This work item has not taken a step yet.',
  handoff: 'This work item has handed nothing over, and answers no hand-off.',
  group: 'This work item was never grouped with others.',
  override: 'No rule was let pass on this work item.',
  refusal: 'No step of this work item was refused.',
  anomaly: 'Everything that happened here follows the method.',
};

type Handoff = Extract<HistoryLine, { kind: 'handoff' }>;

const ASKS: Record<Handoff['happened'], string> = {
  asked: 'Handed over',
  accepted: 'Hand-off accepted',
  returned: 'Hand-off returned',
  reopened: 'Hand-off open again',
  fulfilled: 'Hand-off fulfilled',
  failed: 'Hand-off ended without delivery',
};

const ASKED: Record<Handoff['happened'], string> = {
  asked: 'Asked for',
  accepted: 'Accepted for whoever asked',
  returned: 'Returned to whoever asked',
  reopened: 'Open again for whoever asked',
  fulfilled: 'Delivered to whoever asked',
  failed: 'Ended without delivery',
};

type Grouping = Extract<HistoryLine, { kind: 'group' }>;

const GROUPING: Record<Grouping['side'], Record<Grouping['happened'], string>> = {
  main: { grouped: 'Another call grouped under this one', released: 'Another call released from this one' },
  member: { grouped: 'Grouped under another one', released: 'Released from its group' },
};

/** The line in a few words; a step says its statuses instead. */
export function titleOf(line: HistoryLine): string {
  switch (line.kind) {
    case 'status':
      return line.from ? 'Step' : 'Registered';
    case 'handoff':
      return (line.side === 'asks' ? ASKS : ASKED)[line.happened];
    case 'group':
      return GROUPING[line.side][line.happened];
    case 'proof':
      return line.file === undefined ? 'A file that was deleted since proves the confirmation' : `“${line.file}” proves the confirmation`;
    case 'override':
      return line.paused ? `${line.transition} passed while all rules were paused` : `${line.transition} passed with a warning`;
    case 'refusal':
      return `${line.transition} was refused`;
    case 'anomaly':
      return 'Outside the method';
  }
}

/** The other work item of a hand-off or a group, before its key. */
export function sideOf(line: Handoff | Grouping): string {
  if (line.kind === 'group') return line.side === 'main' ? 'Follows this one:' : 'Main work item:';
  const { side, typeName, team } = line;
  if (side === 'asked') return 'for';
  return team === undefined ? `${typeName}:` : `${typeName} of ${team}:`;
}

const MARKS: Record<HistoryLine['kind'], MarkKind> = {
  status: 'met',
  handoff: 'running',
  group: 'information',
  proof: 'met',
  override: 'later',
  refusal: 'unmet',
  anomaly: 'later',
};

export function markOf(line: HistoryLine): MarkKind {
  if (line.kind !== 'handoff') return MARKS[line.kind];
  if (line.happened === 'fulfilled') return 'met';
  return line.happened === 'failed' || line.happened === 'returned' ? 'later' : 'running';
}
