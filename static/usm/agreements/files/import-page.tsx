/** A file with parties, services, blocks and agreements is brought in: all of it, or none. */
import Button from '@atlaskit/button/new';
import { IMPORT_PARTS } from '../../../../src/contract/agreements-calls';
import { Live } from '../../../shared/hidden';
import { Message } from '../../../shared/message';
import { csvCell } from '../../../setup/ui/csv';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import { ProgressBar } from '../../../setup/ui/progress-bar';
import { saveFile } from '../../../setup/ui/save-file';
import table from '../../../setup/ui/table.module.css';
import { counted, toldProgress } from '../../../setup/ui/words';
import { LIST } from '../address';
import { Crumbs } from '../crumbs';
import { placeOf, type Read } from './file';
import { type Outcome, useImport, type WrongRow } from './use-import';

const STEPS = { take: 'Sending the file', check: 'Looking at every row', write: 'Writing' } as const;
const SHOWN = 200;

const number = (count: number): string => count.toLocaleString('en-GB');
const outcomeWords = ({ added, changed, same }: Outcome, will: boolean): string =>
  `${number(added)} ${added === 1 ? 'row' : 'rows'} ${will ? 'would be' : 'were'} added, ${number(changed)} changed; ${number(same)} ${will ? 'are' : 'were'} there already as they are.`;

const wrongCsv = (wrong: readonly WrongRow[], lines: Read['lines'] | undefined): string =>
  [
    'Line,Row,Column,What is wrong',
    ...wrong.map(({ path, text }) => {
      const { line, row, column } = lines ? placeOf(path, lines) : { row: path, column: '', line: undefined };
      return [line === undefined ? '' : String(line), row, column, text].map(csvCell).join(',');
    }),
  ].join('\r\n');

function Wrong({ wrong, inAll, lines }: { wrong: readonly WrongRow[]; inAll: number; lines: Read['lines'] | undefined }) {
  return (
    <>
      <Message alert tone="danger" title={`${counted(inAll, 'row')} cannot be taken; nothing was written`}>
        <span>Mend them in the file and choose it again.</span>
        <Button spacing="compact" onClick={() => saveFile('wrong-rows.csv', wrongCsv(wrong, lines), 'text/csv')}>
          Export wrong rows
        </Button>
      </Message>
      <div className={table['scroll']} role="region" aria-label="Wrong rows" tabIndex={0}>
        <table className={table['table']}>
          <thead>
            <tr>
              {['Line', 'Row', 'Column', 'What is wrong'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {wrong.slice(0, SHOWN).map(({ path, text }, index) => {
              const { line, row, column } = lines ? placeOf(path, lines) : { row: path, column: '', line: undefined };
              return (
                <tr key={index}>
                  <td>{line ?? ''}</td>
                  <th scope="row">{row}</th>
                  <td>{column}</td>
                  <td>{text}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {inAll > SHOWN && (
        <p className={layout['small']}>
          The first {Math.min(SHOWN, wrong.length)} are shown; the exported list has {wrong.length}.
        </p>
      )}
    </>
  );
}

type Importing = ReturnType<typeof useImport>;

/** What was under way when this page was left. */
function UnderWay({ run, file, checked, busy, trouble, goOn }: Importing) {
  if (!run || busy || checked || trouble || (run.step === 'take' && file)) return null;
  const needsFile = run.step === 'take';
  return (
    <Message tone="information" title={`“${run.name}” was on its way`}>
      <span>
        {needsFile
          ? 'Choose it again to go on where it stopped, or choose another.'
          : run.step === 'check'
            ? 'It was being looked at.'
            : 'It was being written.'}
      </span>
      {!needsFile && (
        <Button spacing="compact" onClick={goOn}>
          Go on with it
        </Button>
      )}
    </Message>
  );
}

function Choose({ run, file, choose, check }: Importing) {
  return (
    <section className={layout['card']} aria-labelledby="choose">
      <h2 id="choose">The file</h2>
      <p>A file as the export writes it: JSON in UTF-8, with {IMPORT_PARTS.join(', ')}. At most 50,000 rows.</p>
      <input
        type="file"
        accept="application/json,.json"
        aria-label="File with agreements"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) void choose(chosen);
          event.target.value = '';
        }}
      />
      {file && run && (
        <>
          <p role="status">
            <strong>{run.name}</strong>:{' '}
            {IMPORT_PARTS.filter((part) => file.read.rows[part].length > 0)
              .map((part) => `${number(file.read.rows[part].length)} ${part}`)
              .join(', ')}
          </p>
          <div>
            <Button appearance="primary" onClick={check}>
              Check the file
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Outcomes({ checked, done, busy, write, giveUp }: Importing) {
  if (done)
    return (
      <Message tone="success" title="The file is in">
        <span>{outcomeWords(done, false)} Whether promises can be kept is calculated in the next minutes.</span>
        <PageLink to={LIST}>See the agreements</PageLink>
      </Message>
    );
  if (!checked || busy) return null;
  return (
    <Message tone="success" title="Every row is well; nothing is written yet">
      <span>{outcomeWords(checked, true)}</span>
      <span className={layout['row']}>
        <Button appearance="primary" onClick={write}>
          Write all rows
        </Button>
        <Button appearance="subtle" onClick={giveUp}>
          Leave it as it is
        </Button>
      </span>
    </Message>
  );
}

const Progress = ({ progress: { step, done, of } }: { progress: NonNullable<Importing['progress']> }) => (
  <section className={layout['lines']} aria-label="Progress">
    <span>
      {STEPS[step]}: {number(done)} of {number(of)}
    </span>
    <ProgressBar label={STEPS[step]} done={done} of={of} text={toldProgress(done, of)} />
  </section>
);

export function ImportPage() {
  const importing = useImport();
  const { run, file, unreadable, progress, wrong, checked, done, trouble, busy, goOn } = importing;
  const told = progress ? toldProgress(progress.done, progress.of) : done ? 'The file is in' : checked ? 'Every row is well' : '';
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: LIST, name: 'Agreements' }]} here="Import" />
      <PageHead title="Import agreements" text="Every row is looked at first; they are written together, or none is." />
      {trouble && <Failed trouble={trouble} title="It stopped; nothing is lost" retry={goOn} />}
      {unreadable !== undefined && (
        <Message alert tone="danger" title="This file cannot be taken">
          <span>{unreadable}</span>
        </Message>
      )}
      <UnderWay {...importing} />
      {!busy && !checked && (run === undefined || run.step === 'take') && <Choose {...importing} />}
      {progress && <Progress progress={progress} />}
      {wrong && <Wrong wrong={wrong.rows} inAll={wrong.inAll} lines={file?.read.lines} />}
      <Outcomes {...importing} />
      <Live>{told}</Live>
    </div>
  );
}
