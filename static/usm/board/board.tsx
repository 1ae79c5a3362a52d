/** What has been handed over and still has to move: on whom it waits, what came back, what gets old. Four columns, or the same as a list. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { HandoffBoard } from '../../../src/contract';
import { Live } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Mark } from '../../shared/mark';
import { Skeleton } from '../../shared/skeleton';
import { moment, span } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { useAddress } from '../../setup/ui/address';
import { Failed } from '../../setup/ui/failed';
import layout from '../../setup/ui/layout.module.css';
import { PageHead } from '../../setup/ui/page-head';
import { saveFile } from '../../setup/ui/save-file';
import { type Segment, Segments } from '../../setup/ui/segments';
import { Select } from '../../setup/ui/select';
import { counted } from '../../setup/ui/words';
import { Instead } from '../instead';
import styles from './board.module.css';
import { Columns } from './columns';
import { toCsv } from './export';
import { Filters } from './filters';
import { inOrder, listedOf, type Lists, listsOf } from './list';
import { Table } from './table';
import type { Acting } from './use-acts';
import { useBoard } from './use-board';
import { useOwnTeam } from './use-own-team';
import { EVERYTHING, type Form, type Group, type Listed, LISTS, looksOf, narrows, toSearch, toView, type View } from './view';
import { isStale, nameOf } from './words';

const LINES = [{ height: 32, width: '100%' }, ...Array.from({ length: 5 }, () => ({ height: 112, width: '100%' }))];

const FORMS: readonly Segment<Form>[] = [
  { value: 'board', name: 'Board' },
  { value: 'list', name: 'List' },
];

const GROUPS: readonly { value: Group; name: string }[] = [
  { value: 'none', name: 'Not grouped' },
  { value: 'team', name: 'By team' },
  { value: 'service', name: 'By service' },
];

interface PartProps {
  board: HandoffBoard;
  view: View;
  change: (part: Partial<View>) => void;
}

/** Why there is nothing at all: nothing is open, this person may see none of it, or the filters hide it. */
function Nothing({ board, view, change }: PartProps) {
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
        {view.list === 'all' ? 'No hand-off is left by these filters' : `${nameOf(view.list, view)} is empty with these filters`};{' '}
        {counted(board.rows.length, 'hand-off')} on the board.
      </p>
      <div>
        <Button onClick={() => change({ ...EVERYTHING, as: view.as })}>Show all</Button>
      </div>
    </div>
  );
}

/** Which of the lines are shown, in what parts, and as a file. */
function ListHead({ lists, view, now, change }: Omit<PartProps, 'board'> & { lists: Lists; now: number }) {
  const segments = (['all', ...LISTS] as const).map((list) => ({ value: list, name: nameOf(list, view), count: listedOf(lists, list).length }));
  const save = (): void => saveFile('hand-offs.csv', toCsv(inOrder(listedOf(lists, view.list), view.sort), now), 'text/csv');
  return (
    <div className={layout['row']}>
      <Segments<Listed> label="What to list" segments={segments} value={view.list} onChange={(list) => change({ list })} />
      <span className={layout['end']}>
        <Select<Group> label="Group" value={view.group} options={GROUPS} onChange={(group) => change({ group })} />
        <Button iconBefore={() => <Icon name="download" />} onClick={save}>
          Export list
        </Button>
      </span>
    </div>
  );
}

/** What is not shown or counted. */
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

interface ShownProps extends PartProps, Acting {
  now: number;
}

function Shown({ board, view, change, now, ...acting }: ShownProps) {
  const lists = listsOf(board.rows, view, now);
  const rows = listedOf(lists, view.list);
  if (view.as === 'list')
    return (
      <>
        <ListHead lists={lists} view={view} now={now} change={change} />
        <Live>
          {nameOf(view.list, view)}: {counted(rows.length, 'hand-off')}
        </Live>
        {rows.length === 0 ? <Nothing {...{ board, view, change }} /> : <Table {...{ rows, view, now, change }} {...acting} />}
      </>
    );
  const all = listedOf(lists, 'all').length;
  return (
    <>
      <Live>{counted(all, 'hand-off')} on the board</Live>
      {all === 0 && (board.rows.length === 0 || narrows(view)) ? (
        <Nothing {...{ board, view, change }} />
      ) : (
        <Columns rows={board.rows} {...{ lists, view, now }} {...acting} />
      )}
    </>
  );
}

const AsOf = ({ at, now }: { at: number; now: number }) =>
  isStale(at, now) ? (
    <span className={styles['stale']}>
      <Mark kind="later" />
      as of {moment(at, now)}, {span(now - at)} ago
    </span>
  ) : (
    <span>as of {moment(at, now)}</span>
  );

export function Board() {
  const { search, show } = useAddress();
  const { answer, trouble, busy, again, readMore, renew, news } = useBoard();
  const [told, setTold] = useState('');
  const now = useNow();
  const view = toView(search);
  const keepTeam = useOwnTeam(search, (team) => show(toSearch({ ...EVERYTHING, team })));
  const change = (part: Partial<View>): void => {
    if (part.team !== undefined) keepTeam(part.team);
    show(toSearch({ ...view, ...part }));
  };

  const onRenewed: Acting['onRenewed'] = (id, renewed) => {
    setTold(renewed.told);
    renew(id, renewed.row);
  };

  const body = () => {
    if (!answer)
      return trouble ? <Instead trouble={trouble} subject="The hand-offs" retry={again} /> : <Skeleton subject="the hand-offs" lines={LINES} />;
    return (
      <>
        {trouble && <Failed trouble={trouble} title="The hand-offs could not be read again" retry={again} />}
        <Filters rows={answer.rows} view={view} change={change} />
        <Shown board={answer} {...{ view, change, now, onRenewed }} onOvertaken={again} />
        <Left board={answer} busy={busy === 'more'} readMore={readMore} />
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Hand-offs" text="What one process asked of another, and who has to move.">
        {answer && (
          <>
            <AsOf at={answer.asOf} now={now} />
            <Button appearance="subtle" iconBefore={() => <Icon name="repeat" />} isLoading={busy === 'read'} onClick={again}>
              Read again
            </Button>
            <Segments looks="joined" label="Show as" segments={FORMS} value={view.as} onChange={(as) => change({ ...looksOf(EVERYTHING), as })} />
          </>
        )}
      </PageHead>
      <Live>{told}</Live>
      <Live>{news}</Live>
      {body()}
    </div>
  );
}
