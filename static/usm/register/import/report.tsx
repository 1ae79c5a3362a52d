/** What the import did: counts, the lines that were not taken with what to do, and the way back. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ImportProgress, PreviewRow } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Message } from '../../../shared/message';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { saveFile } from '../../../setup/ui/save-file';
import table from '../../../setup/ui/table.module.css';
import { counted, seconds } from '../../../setup/ui/words';
import { momentDay } from '../../agreements/words';
import { number } from '../words';
import { Counts } from './counts';
import { csvLine } from './csv';
import styles from './import.module.css';
import { askRows, useRows } from './use-rows';
import type { Importing } from './use-import';

function whyOf({ wrong, lock, conflicts, keeper }: PreviewRow): { why: string; todo: string } {
  if (wrong.length > 0) return { why: wrong.map(({ why }) => why).join('. '), todo: wrong.map(({ todo }) => todo).join(' ') };
  if (lock)
    return {
      why: `A change is running on it${lock.workItem === undefined ? '' : `: ${lock.workItem}`}`,
      todo: 'Import this line again after the change.',
    };
  const asked = conflicts.some(({ decision }) => decision === 'keeper');
  return {
    why: `Changed on both sides: ${conflicts.map(({ name }) => name).join(', ')}`,
    todo: asked ? `Ask ${keeper ?? 'whoever keeps it'}, then import this line again.` : 'Decide, and import this line again.',
  };
}

/** Every line that was not taken, as it stood in the file: corrected, it is a file by itself. */
async function refusedFile({ run }: ImportProgress): Promise<string | undefined> {
  const columns = run.mapping.columns.filter(({ to }) => to !== 'leave');
  const lines = [
    csvLine(
      columns.map(({ header }) => header),
      ';',
    ),
  ];
  let after: string | undefined;
  do {
    const answer = await askRows(run.id, 'report', after);
    if (isTrouble(answer)) return undefined;
    lines.push(...answer.rows.map(({ cells = [] }) => csvLine(cells, ';')));
    after = answer.after;
  } while (after !== undefined);
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function NotTaken({ importing, progress }: { importing: Importing; progress: ImportProgress }) {
  const { counts, run } = progress;
  const lines = counts.wrong + counts.waits + counts.decide;
  const { rows, trouble, more } = useRows(run.id, 'report', run.phase);
  const [failed, setFailed] = useState(false);
  if (lines === 0) return <p>Every line of the file was taken.</p>;
  return (
    <>
      <h2 className={styles['title']}>{counted(lines, 'line was', 'lines were')} not taken</h2>
      {trouble && <Failed trouble={trouble} title="The lines could not be read" retry={importing.goOn} />}
      <div className={table['scroll']} role="region" aria-label="Lines that were not taken" tabIndex={0}>
        <table className={table['table']}>
          <thead>
            <tr>
              {['Line', 'Item', 'Why', 'What to do'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td>{number(row.line)}</td>
                <th scope="row">{row.key ?? 'no key'}</th>
                <td>{whyOf(row).why}</td>
                <td>{whyOf(row).todo}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={layout['row']}>
        {more && (
          <Button spacing="compact" onClick={more}>
            Show more
          </Button>
        )}
        <Button
          onClick={() =>
            void refusedFile(progress).then((text) => {
              setFailed(text === undefined);
              if (text !== undefined) saveFile(`not-taken-${run.name}.csv`, text, 'text/csv');
            })
          }
        >
          Save these {counted(lines, 'line')} as CSV
        </Button>
        <span className={layout['small']} role="status">
          {failed ? 'It could not be read. Try again.' : 'Correct them and import that file alone; leave vanished items as they are.'}
        </span>
      </div>
    </>
  );
}

function outcomeWords({ counts, written, compared }: ImportProgress): string {
  const open = counts.decide + counts.waits;
  return [
    counts.wrong > 0 && `${counted(counts.wrong, 'line was', 'lines were')} refused.`,
    open > 0 && `${counted(open, 'item needs', 'items need')} a decision or a change to end.`,
    written.created + written.updated === 0
      ? 'Nothing had to be written.'
      : compared.other === 0
        ? 'All written items were read back and are the same as the file.'
        : `All written items were read back; ${counted(compared.other, 'item is', 'items are')} not as the file says, since somebody changed ${compared.other === 1 ? 'it' : 'them'}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

export function Report({ importing, progress }: { importing: Importing; progress: ImportProgress }) {
  const { run, counts, written, phases, undone, undoable = 0 } = progress;
  const begun = phases.find(({ phase }) => phase === 'creating')?.from;
  const ended = phases.find(({ phase }) => phase === 'marking')?.until;
  return (
    <>
      {undone ? (
        <Message tone="success" title={`Undone: ${counted(undone.back, 'item was', 'items were')} set back.`}>
          <span>
            {undone.kept > 0
              ? `${counted(undone.kept, 'item was', 'items were')} left, since somebody touched them since.`
              : 'Nobody had touched them.'}
          </span>
        </Message>
      ) : (
        <Message tone="success" title={`Imported: ${number(written.created)} created, ${number(written.updated)} updated.`}>
          <span>{outcomeWords(progress)}</span>
        </Message>
      )}
      <Counts
        counts={[
          { value: 'created', name: 'Created', count: written.created },
          { value: 'updated', name: 'Updated', count: written.updated },
          { value: 'left', name: 'Left as they were', count: counts.leave },
          { value: 'decide', name: 'To decide', count: counts.decide + counts.waits },
          { value: 'refused', name: 'Refused or unreadable', count: counts.wrong },
          { value: 'gone', name: 'Not seen', count: counts.vanished },
        ]}
      />
      <div className={layout['columns']}>
        <div className={layout['main']}>
          <NotTaken importing={importing} progress={progress} />
        </div>
        <div className={layout['side']}>
          <section className={layout['card']} aria-labelledby="this-run">
            <h2 id="this-run">This run</h2>
            <dl className={styles['facts']}>
              {(
                [
                  ['Run', run.name],
                  ['By', run.by.name],
                  ['Under', run.workItem],
                  ['Mapping', run.mapping.name],
                  ['Took', begun !== undefined && ended !== undefined ? seconds(ended - begun) : undefined],
                  ['File', `fingerprint ${run.file.fingerprint}`],
                ] as const
              ).map(
                ([name, value]) =>
                  value !== undefined && (
                    <div key={name} style={{ display: 'contents' }}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ),
              )}
            </dl>
          </section>
          {run.phase === 'done' && undoable > 0 && run.undoUntil !== undefined && (
            <section className={layout['card']} aria-labelledby="undo">
              <h2 id="undo">Undo</h2>
              <p>
                Sets back the {counted(undoable, 'item')} that nobody touched since. Possible until {momentDay(run.undoUntil)}.
              </p>
              <div>
                <Button isDisabled={importing.busy} onClick={() => void importing.undo()}>
                  Undo this import
                </Button>
              </div>
            </section>
          )}
          <div>
            <Button onClick={importing.another}>Import another file</Button>
          </div>
        </div>
      </div>
    </>
  );
}
