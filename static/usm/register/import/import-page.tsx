/** A register is brought in without fear: five steps, always in sight; nothing is written before it was seen, and what was written can be taken back. */
import Button from '@atlaskit/button/new';
import type { ImportPhase } from '../../../../src/contract';
import { Live } from '../../../shared/hidden';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { ProgressBar } from '../../../setup/ui/progress-bar';
import { toldProgress } from '../../../setup/ui/words';
import { Crumbs } from '../../agreements/crumbs';
import { momentDay } from '../../agreements/words';
import { Instead } from '../../instead';
import { REGISTER } from '../address';
import { number } from '../words';
import { ExportRegister } from './export-register';
import styles from './import.module.css';
import { Match } from './match';
import { Preview } from './preview';
import { Report } from './report';
import { Running } from './running';
import { type Importing, SEPARATOR_NAMES, useImport } from './use-import';

const STEPS = ['Choose the file', 'Match columns', 'Look before you write', 'Import', 'Report'] as const;
const STEP_OF: Record<ImportPhase, number> = {
  taking: 2,
  looking: 2,
  settling: 2,
  vanishing: 2,
  looked: 2,
  creating: 3,
  updating: 3,
  relating: 3,
  checking: 3,
  marking: 3,
  undoing: 3,
  done: 4,
  undone: 4,
};
const RUN_WORDS: Record<ImportPhase, string> = {
  taking: 'was being sent; choose the file again',
  looking: 'is being looked at',
  settling: 'is being looked at',
  vanishing: 'is being looked at',
  looked: 'waits for you',
  creating: 'is being written',
  updating: 'is being written',
  relating: 'is being written',
  checking: 'is being compared',
  marking: 'is being written',
  done: 'is in',
  undoing: 'is being set back',
  undone: 'was undone',
};

const Steps = ({ here }: { here: number }) => (
  <ol className={styles['steps']} aria-label="Steps">
    {STEPS.map((name, index) => (
      <li key={name} {...(index === here && { 'aria-current': 'step' })}>
        {index < here ? <Mark kind="met" name="done" /> : <span className={styles['number']}>{index + 1}</span>}
        {name}
      </li>
    ))}
  </ol>
);

function Choose({ importing }: { importing: Importing }) {
  const { setup, choose, open, busy, unreadable, trouble, begin } = importing;
  if (!setup)
    return trouble ? (
      <Instead trouble={trouble} subject="The import" retry={() => void begin()} />
    ) : (
      <Skeleton subject="the import" lines={[{ height: 120, width: '100%' }]} />
    );
  return (
    <div className={layout['columns']}>
      <div className={layout['main']}>
        {unreadable !== undefined && (
          <Message alert tone="danger" title="This file cannot be read">
            <span>{unreadable}</span>
          </Message>
        )}
        <section className={layout['card']} aria-labelledby="choose">
          <h2 id="choose">The file</h2>
          <p>
            A table as CSV, a list of objects as JSON, or what Jira Assets exports, as CSV or JSON. Up to 200,000 rows. It is read here in the browser
            first.
          </p>
          <input
            type="file"
            accept=".csv,.txt,.tsv,.json,text/csv,application/json"
            aria-label="File with items"
            disabled={busy}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void file.arrayBuffer().then((buffer) => choose(file.name, new Uint8Array(buffer)));
              event.target.value = '';
            }}
          />
        </section>
        {setup.runs.length > 0 && (
          <section className={layout['card']} aria-labelledby="runs">
            <h2 id="runs">Earlier imports</h2>
            {setup.runs.map(({ id, name, file, by, at, phase, stopped }) => (
              <div key={id} className={layout['row']}>
                <span>
                  <strong>{file}</strong> {stopped ? 'is stopped' : RUN_WORDS[phase]}
                </span>
                <span className={layout['small']}>
                  {name}, {by.name}, {momentDay(at)}
                </span>
                {phase !== 'taking' && (
                  <Button spacing="compact" onClick={() => void open(id)}>
                    Open
                  </Button>
                )}
              </div>
            ))}
          </section>
        )}
      </div>
      <div className={layout['side']}>
        <ExportRegister items={setup.items} />
      </div>
    </div>
  );
}

function Body({ importing }: { importing: Importing }) {
  const { progress, file } = importing;
  if (!progress) return file ? <Match importing={importing} /> : <Choose importing={importing} />;
  const { phase, stopped } = progress.run;
  if (phase === 'looked') return <Preview key={progress.run.id} importing={importing} progress={progress} />;
  if (phase === 'done' || phase === 'undone') return <Report importing={importing} progress={progress} />;
  if (STEP_OF[phase] === 2) {
    const looking = progress.phases.find((one) => one.phase === 'looking');
    return (
      <section className={layout['lines']} aria-label="Progress">
        <span>
          Looking up existing items: {number(looking?.done ?? 0)} of {number(progress.run.file.rows)} rows{stopped ? ', stopped' : ''}
        </span>
        <ProgressBar
          label="Looking up existing items"
          done={looking?.done ?? 0}
          of={progress.run.file.rows}
          text={toldProgress(looking?.done ?? 0, progress.run.file.rows)}
        />
      </section>
    );
  }
  return <Running importing={importing} progress={progress} />;
}

export function ImportPage() {
  const importing = useImport();
  const { progress, file, reading, trouble, setup } = importing;
  const here = progress ? STEP_OF[progress.run.phase] : file ? 1 : 0;
  const about = progress
    ? [
        progress.run.file.name,
        `${number(progress.run.file.rows)} rows`,
        `${String(progress.run.file.columns)} columns`,
        progress.run.file.encoding,
        progress.run.file.separator,
      ]
    : file && [
        file.name,
        `${number(file.read.rows.length)} rows`,
        `${String(file.read.headers.length)} columns`,
        file.read.encoding,
        file.read.separator && SEPARATOR_NAMES[file.read.separator],
      ];
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: REGISTER, name: 'Register' }]} here="Import" />
      <PageHead
        title="Import into the register"
        text={about ? about.filter(Boolean).join(', ') : 'You see what it would do before anything is written.'}
      />
      <Steps here={here} />
      {trouble && setup && <Failed trouble={trouble} title="It stopped; nothing is lost" retry={() => void importing.goOn()} />}
      {reading && (
        <section className={layout['lines']} aria-label="Reading">
          <span>
            {reading.words}: {number(reading.done)} {reading.of > 0 ? `of ${number(reading.of)} ` : ''}rows
          </span>
          {reading.of > 0 && <ProgressBar label={reading.words} done={reading.done} of={reading.of} text={toldProgress(reading.done, reading.of)} />}
        </section>
      )}
      {!(reading && reading.of > 0) && <Body importing={importing} />}
      <Live>{`Step ${String(here + 1)} of 5: ${STEPS[here] ?? ''}`}</Live>
    </div>
  );
}
