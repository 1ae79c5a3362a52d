/** What narrows the board, and who we are. */
import Button from '@atlaskit/button/new';
import type { HandoffBoard } from '../../../src/contract';
import layout from '../../setup/ui/layout.module.css';
import { Search } from '../../setup/ui/search';
import { Select } from '../../setup/ui/select';
import styles from './board.module.css';
import { choicesOf } from './list';
import { EVERYTHING, looksOf, type ReadyBy, toSearch, type View } from './view';

const READY_BY: readonly { value: ReadyBy; name: string }[] = [
  { value: '', name: 'Ready by: any time' },
  { value: 'today', name: 'Ready by: today' },
  { value: 'week', name: 'Ready by: this week' },
];

interface FiltersProps {
  rows: HandoffBoard['rows'];
  view: View;
  change: (part: Partial<View>) => void;
}

const Check = ({ name, checked, onChange }: { name: string; checked: boolean; onChange: (checked: boolean) => void }) => (
  <label className={styles['check']}>
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
    {name}
  </label>
);

export function Filters({ rows, view, change }: FiltersProps) {
  const { teams, processes, customers, services } = choicesOf(rows);
  const filtered = toSearch({ ...view, ...looksOf(EVERYTHING) }) !== '';
  return (
    <div className={layout['row']} role="search" aria-label="Filter hand-offs">
      <Search label="Key or words" value={view.words} onChange={(words) => change({ words })} />
      <Select label="We are" value={view.team} options={[{ value: '', name: 'We are: everybody' }, ...teams]} onChange={(team) => change({ team })} />
      <Select
        label="Process"
        value={view.process}
        options={[{ value: '', name: 'All processes' }, ...processes]}
        onChange={(process) => change({ process })}
      />
      <Select
        label="Customer"
        value={view.customer}
        options={[{ value: '', name: 'All customers' }, ...customers]}
        onChange={(customer) => change({ customer })}
      />
      <Select
        label="Service"
        value={view.service}
        options={[{ value: '', name: 'All services' }, ...services]}
        onChange={(service) => change({ service })}
      />
      <Select<ReadyBy> label="Ready by" value={view.readyBy} options={READY_BY} onChange={(readyBy) => change({ readyBy })} />
      <Check name="Late only" checked={view.late} onChange={(late) => change({ late })} />
      <Check name="Only mine" checked={view.mine} onChange={(mine) => change({ mine })} />
      {filtered && (
        <span className={layout['end']}>
          <Button appearance="subtle" onClick={() => change({ ...EVERYTHING, ...looksOf(view) })}>
            Clear filters
          </Button>
        </span>
      )}
    </div>
  );
}
