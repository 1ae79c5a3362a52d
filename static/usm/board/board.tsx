/** What has been handed over and still has to move: on whom it waits, what came back, what gets old. */
import Button from '@atlaskit/button/new';
import { useState, type ComponentProps } from 'react';
import type { HandoffBoard } from '../../../src/contract';
import { classes } from '../../shared/classes';
import { Live } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Skeleton } from '../../shared/skeleton';
import { moment } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { useAddress } from '../../setup/ui/address';
import { Failed } from '../../setup/ui/failed';
import layout from '../../setup/ui/layout.module.css';
import { PageHead } from '../../setup/ui/page-head';
import { Search } from '../../setup/ui/search';
import { Select } from '../../setup/ui/select';
import table from '../../setup/ui/table.module.css';
import { counted } from '../../setup/ui/words';
import { Instead } from '../instead';
import styles from './board.module.css';
import { Figures, nameOf } from './figures';
import { HandoffLine } from './line';
import { choicesOf, EVERYTHING, grouped, type Group, listsOf, toSearch, toView, type View } from './list';
import { useBoard } from './use-board';

const LINES = [{ height: 72, width: '100%' }, { height: 32, width: '60%' }, ...Array.from({ length: 6 }, () => ({ height: 52, width: '100%' }))];

interface FiltersProps {
  rows: HandoffBoard['rows'];
  view: View;
  change: (part: Partial<View>) => void;
}

function Filters({ rows, view, change }: FiltersProps) {
  const { teams, services, processes } = choicesOf(rows);
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
        label="Service"
        value={view.service}
        options={[{ value: '', name: 'All services' }, ...services]}
        onChange={(service) => change({ service })}
      />
      <label className={styles['mine']}>
        <input type="checkbox" checked={view.mine} onChange={(event) => change({ mine: event.target.checked })} />
        Only mine
      </label>
      <span className={layout['end']}>
        <Select<Group>
          label="Group"
          value={view.group}
          options={[
            { value: 'none', name: 'Not grouped' },
            { value: 'team', name: 'By team' },
            { value: 'service', name: 'By service' },
          ]}
          onChange={(group) => change({ group })}
        />
        {toSearch({ ...view, list: EVERYTHING.list, group: EVERYTHING.group }) !== '' && (
          <Button appearance="subtle" onClick={() => change({ ...EVERYTHING, list: view.list, group: view.group })}>
            Clear filters
          </Button>
        )}
      </span>
    </div>
  );
}

const HEADS = ['Work item', 'What is asked', 'Waits for', 'Service', 'Ready by', 'Age', 'State'];

interface TableProps extends Pick<ComponentProps<typeof HandoffLine>, 'onRenewed' | 'onOvertaken'> {
  rows: HandoffBoard['rows'];
  view: View;
  now: number;
}

function Table({ rows, view, now, ...acting }: TableProps) {
  return (
    <div className={table['scroll']} role="region" aria-label={nameOf(view.list, view)} tabIndex={0}>
      <table className={classes(table['table'], styles['table'])}>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" {...(head === 'Age' && { className: table['number'] })}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        {grouped(rows, view.group).map((part) => (
          <tbody key={part.name}>
            {part.name !== '' && (
              <tr>
                <th scope="colgroup" colSpan={HEADS.length} className={table['section']}>
                  {part.name} ({part.rows.length})
                </th>
              </tr>
            )}
            {part.rows.map((row) => (
              <HandoffLine key={row.id} row={row} now={now} {...acting} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Why there is no line: nothing is open, this person may see none of it, or the filter hides it. */
function Nothing({ board, view, change }: { board: HandoffBoard; view: View; change: FiltersProps['change'] }) {
  if (board.rows.length === 0)
    return board.hidden > 0 ? (
      <div className={layout['empty']}>
        <h2>You may not see what has been handed over</h2>
        <p>
          {counted(board.hidden, 'hand-off')} of this site {board.hidden === 1 ? 'concerns' : 'concern'} work you may not see. A space administrator
          can give you access; hand-offs and rules go on meanwhile.
        </p>
      </div>
    ) : (
      <div className={layout['empty']}>
        <h2>Nothing is handed over</h2>
        <p>Work that one process asks of another stands here until it is fulfilled. It is handed over from the panel USM process of a work item.</p>
      </div>
    );
  return (
    <div className={layout['empty']}>
      <h2>Nothing fits here</h2>
      <p>
        {nameOf(view.list, view)} is empty with these filters; {counted(board.rows.length, 'hand-off')} on the board.
      </p>
      <div>
        <Button onClick={() => change({ ...EVERYTHING, list: view.list })}>Show all</Button>
      </div>
    </div>
  );
}

/** What the figures leave out. */
function Left({ board, busy, readMore }: { board: HandoffBoard; busy: boolean; readMore: () => void }) {
  if (board.hidden === 0 && !board.after) return null;
  return (
    <div className={layout['row']}>
      {board.hidden > 0 && board.rows.length > 0 && (
        <span className={layout['small']}>
          Not shown or counted: {counted(board.hidden, 'hand-off')} that {board.hidden === 1 ? 'concerns' : 'concern'} work you may not see.
        </span>
      )}
      {board.after && (
        <>
          <span className={layout['small']}>Only the oldest are read and counted so far; there are younger ones.</span>
          <Button spacing="compact" isLoading={busy} onClick={readMore}>
            Read younger hand-offs
          </Button>
        </>
      )}
    </div>
  );
}

export function Board() {
  const { search, show } = useAddress();
  const { answer, trouble, busy, again, readMore, renew } = useBoard();
  const [told, setTold] = useState('');
  const now = useNow();
  const view = toView(search);
  const change = (part: Partial<View>): void => show(toSearch({ ...view, ...part }));

  const onRenewed: ComponentProps<typeof HandoffLine>['onRenewed'] = (id, renewed) => {
    setTold(renewed.told);
    renew(id, renewed.row);
  };

  const body = () => {
    if (!answer)
      return trouble ? <Instead trouble={trouble} subject="The hand-offs" retry={again} /> : <Skeleton subject="the hand-offs" lines={LINES} />;
    const lists = listsOf(answer.rows, view);
    const rows = lists[view.list];
    return (
      <>
        {trouble && <Failed trouble={trouble} title="The hand-offs could not be read again" retry={again} />}
        <Figures lists={lists} view={view} now={now} onChange={(list) => change({ list })} />
        <Filters rows={answer.rows} view={view} change={change} />
        <Live>
          {nameOf(view.list, view)}: {counted(rows.length, 'hand-off')}
        </Live>
        {rows.length === 0 ? (
          <Nothing board={answer} view={view} change={change} />
        ) : (
          <Table rows={rows} view={view} now={now} onRenewed={onRenewed} onOvertaken={again} />
        )}
        <Left board={answer} busy={busy === 'more'} readMore={readMore} />
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Hand-offs" text="What one process asked of another, and who has to move.">
        {answer && (
          <>
            <span>as of {moment(answer.asOf, now)}</span>
            <Button appearance="subtle" iconBefore={() => <Icon name="repeat" />} isLoading={busy === 'read'} onClick={again}>
              Read again
            </Button>
          </>
        )}
      </PageHead>
      <Live>{told}</Live>
      {body()}
    </div>
  );
}
