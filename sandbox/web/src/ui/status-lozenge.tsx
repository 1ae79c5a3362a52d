import Lozenge from '@atlaskit/lozenge';
import type { Status } from '../schemas';

const APPEARANCES: Record<string, 'default' | 'inprogress' | 'success'> = { new: 'default', indeterminate: 'inprogress', done: 'success' };

/** Jira's colours of the three status categories. */
export const statusAppearance = (status: Status): 'default' | 'inprogress' | 'success' => APPEARANCES[status.statusCategory.key] ?? 'default';

export function StatusLozenge({ status }: { status: Status }) {
  return <Lozenge appearance={statusAppearance(status)}>{status.name}</Lozenge>;
}
