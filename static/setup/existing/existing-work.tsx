/** Work items that are there already become USM's: chosen, previewed, moved in batches, and what stayed is listed. */
import Button from '@atlaskit/button/new';
import { useState, type FormEvent } from 'react';
import type { MoveOffer, MovePreview, MoveProgress } from '../../../src/contract';
import { classes } from '../../shared/classes';
import control from '../../shared/control.module.css';
import { Field } from '../../shared/field';
import { Live } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Lozenge } from '../../shared/lozenge';
import { Message } from '../../shared/message';
import { Reference } from '../../shared/reference';
import { Skeleton } from '../../shared/skeleton';
import { WorkItemLink } from '../../shared/work-item-link';
import { Confirm } from '../ui/confirm';
import { Failed, Instead } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { PageHead } from '../ui/page-head';
import { ProgressBar } from '../ui/progress-bar';
import table from '../ui/table.module.css';
import { counted, toldProgress } from '../ui/words';
import styles from './existing.module.css';
import { headline, isWorkType, movingCount, statusLines, suggestions, toTarget, WORK_TYPES, workItems, type Choices } from './mapping';
import { useExisting } from './use-existing';

const LINES = [{ height: 60, width: '60%' }, ...Array.from({ length: 5 }, () => ({ height: 36, width: '100%' }))];

interface ChooseProps {
  offer: MoveOffer;
  busy: 'offer' | 'preview' | undefined;
  onFrom: (from: string) => void;
  onPreview: (target: ReturnType<typeof toTarget>) => void;
}

function Types({ offer, choices, onChoose }: { offer: MoveOffer; choices: Choices; onChoose: (choices: Choices) => void }) {
  return (
    <div className={table['scroll']}>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Work type now</th>
            <th scope="col" className={table['number']}>
              Work items
            </th>
            <th scope="col">Becomes</th>
          </tr>
        </thead>
        <tbody>
          {offer.types.map(({ id, name, count }) => (
            <tr key={id}>
              <td>{name}</td>
              <td className={table['number']}>{count}</td>
              <td>
                <span className={classes(control['control'], control['compact'], styles['become'])}>
                  <select
                    aria-label={`${name} becomes`}
                    value={choices[id] ?? ''}
                    onChange={(event) => {
                      const { value } = event.target;
                      onChoose({ ...choices, [id]: isWorkType(value) ? value : undefined });
                    }}
                  >
                    <option value="">stays as it is</option>
                    {WORK_TYPES.map((one) => (
                      <option key={one.value} value={one.value}>
                        {one.name}
                      </option>
                    ))}
                  </select>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Choose({ offer, busy, onFrom, onPreview }: ChooseProps) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState(offer.into[0]?.key ?? '');
  /** Undefined: as the names suggest. */
  const [own, setOwn] = useState<Choices>();
  const choices = own ?? suggestions(offer);
  const moving = movingCount(offer, choices);
  const ready = from !== '' && busy !== 'offer';
  const why =
    from === ''
      ? 'Choose where the work is now.'
      : offer.types.length === 0
        ? 'Nothing to move.'
        : moving === 0
          ? 'No work item would move.'
          : `${workItems(moving)} would move.`;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && moving > 0 && busy === undefined) onPreview(toTarget(from, to, choices));
  };
  if (offer.spaces.length === 0)
    return (
      <div className={layout['empty']}>
        <h2>There is no work to move</h2>
        <p>This site has no space that you may see.</p>
      </div>
    );
  return (
    <form className={layout['page']} noValidate onSubmit={onSubmit}>
      <div className={styles['choose']}>
        <Field id="from" label="Where the work is now">
          {(aria) => (
            <select
              {...aria}
              value={from}
              onChange={(event) => {
                setFrom(event.target.value);
                setOwn(undefined);
                if (event.target.value !== '') onFrom(event.target.value);
              }}
            >
              <option value="">Choose a space</option>
              {offer.spaces.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}, {key}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field id="to" label="Where it goes">
          {(aria) => (
            <select {...aria} value={to} onChange={(event) => setTo(event.target.value)}>
              {offer.into.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}, {key}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {busy === 'offer' ? (
        <Skeleton subject="the work types of the space" lines={LINES.slice(1)} />
      ) : (
        ready &&
        (offer.types.length === 0 ? (
          <div className={layout['empty']}>
            <h2>Nothing to move in {from}</h2>
            <p>Every work item of this space has a USM work type already.</p>
          </div>
        ) : (
          <Types offer={offer} choices={choices} onChoose={setOwn} />
        ))
      )}
      <footer className={layout['foot']}>
        <p id="moving" className={layout['first']} role="status">
          {why} Nothing is written before you have seen the preview.
        </p>
        <Button appearance="primary" type="submit" aria-describedby="moving" isDisabled={!ready || moving === 0} isLoading={busy === 'preview'}>
          Preview the move
        </Button>
      </footer>
    </form>
  );
}

const TypePreview = ({ row }: { row: MovePreview['rows'][number] }) => (
  <section className={styles['type']}>
    <h2>
      {row.typeName} becomes {row.toName} <span>{workItems(row.count)}</span>
    </h2>
    {row.statuses.length > 0 && (
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Status now</th>
            <th scope="col">Stands then in</th>
            <th scope="col" className={table['number']}>
              Work items
            </th>
          </tr>
        </thead>
        <tbody>
          {statusLines(row).map(({ to, from, count }) => (
            <tr key={to}>
              <td>{from}</td>
              <td>
                <Lozenge>{to}</Lozenge>
              </td>
              <td className={table['number']}>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {row.examples.length > 0 && (
      <ul className={styles['examples']}>
        {row.examples.map(({ key, summary }) => (
          <li key={key}>
            <WorkItemLink itemKey={key}>{key}</WorkItemLink> {summary}
          </li>
        ))}
      </ul>
    )}
  </section>
);

function Preview({ preview, onBack, onMove }: { preview: MovePreview; onBack: () => void; onMove: () => void }) {
  const [asking, setAsking] = useState(false);
  const { rows, warnings, total, requests, target } = preview;
  return (
    <>
      {warnings.length > 0 && (
        <Message tone="warning" title="Know this before">
          <ul className={layout['bullets']}>
            {warnings.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Message>
      )}
      {rows.map((row) => (
        <TypePreview key={row.typeId} row={row} />
      ))}
      {asking ? (
        <Confirm
          title={`Move ${workItems(total)} from ${target.from} to ${target.to}?`}
          action={`Move ${workItems(total)}`}
          keep="Keep reading"
          onKeep={() => setAsking(false)}
          onConfirm={onMove}
        >
          <p>They get their new work type and status as shown. A move has no undo; a work item can be moved back by hand.</p>
        </Confirm>
      ) : (
        <footer className={layout['foot']}>
          <Button appearance="subtle" onClick={onBack}>
            Back
          </Button>
          <p>
            {workItems(total)} in {counted(requests, 'request')} at most.
          </p>
          <Button appearance="primary" isDisabled={total === 0} onClick={() => setAsking(true)}>
            Move the work
          </Button>
        </footer>
      )}
    </>
  );
}

interface RunningProps {
  progress: MoveProgress;
  driving: boolean;
  pausing: boolean;
  onPause: () => void;
  onResume: () => void;
  onAnother: () => void;
}

function Running({ progress, driving, pausing, onPause, onResume, onAnother }: RunningProps) {
  const { phase, moved, total, failures, failed, target } = progress;
  return (
    <>
      <Live>{phase === 'done' ? headline(progress) : driving ? toldProgress(moved + failures.length, total) : ''}</Live>
      <section className={layout['card']} aria-label="Progress">
        <div className={layout['row']}>
          <h2>{headline(progress)}</h2>
          {phase === 'running' && !driving && <span className={layout['small']}>paused</span>}
          <span className={layout['end']}>
            {driving && (
              <Button iconBefore={() => <Icon name="pause" />} isDisabled={pausing} onClick={onPause}>
                {pausing ? 'Pausing' : 'Pause after this batch'}
              </Button>
            )}
            {!driving && phase === 'running' && (
              <Button appearance="primary" onClick={onResume}>
                Resume
              </Button>
            )}
            {phase === 'done' && (
              <Button appearance="primary" onClick={onAnother}>
                Move more work
              </Button>
            )}
          </span>
        </div>
        <ProgressBar
          label="Moving the work"
          done={phase === 'done' ? Math.max(1, total) : moved + failures.length}
          of={Math.max(1, total)}
          text={`${String(moved)} of ${String(total)} moved`}
        />
        {target && (
          <p>
            From {target.from} to {target.to}. You may leave this page; what is moved stays moved.
          </p>
        )}
      </section>
      {failed && !driving && (
        <Message alert tone="danger" title="It stopped here">
          <span>{failed.text}</span>
          <span className={layout['row']}>
            <Button spacing="compact" onClick={onResume}>
              Try again
            </Button>
            <Reference value={failed.reference} />
          </span>
        </Message>
      )}
      {failures.length > 0 && (
        <section className={layout['lines']} aria-labelledby="stayed">
          <h2 id="stayed" className={layout['subhead']}>
            {workItems(failures.length)} stayed
          </h2>
          <div className={styles['failures']} tabIndex={0} role="group" aria-labelledby="stayed">
            <table className={table['table']}>
              <tbody>
                {failures.map(({ key, text }) => (
                  <tr key={key}>
                    <td>
                      <WorkItemLink itemKey={key}>{key}</WorkItemLink>
                    </td>
                    <td className={table['quiet']}>{text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  );
}

export function ExistingWork() {
  const existing = useExisting();
  const { offer, preview, progress, trouble, changed, busy, driving, pausing } = existing;
  /** A finished run is shown until somebody goes on. */
  const running = progress !== undefined && progress.phase !== 'none';

  const body = () => {
    if (!offer && !running)
      return trouble ? (
        <Instead trouble={trouble} subject="The existing work" later="Work moves to the work types that setup makes." retry={existing.read} />
      ) : (
        <Skeleton subject="the existing work" lines={LINES} />
      );
    return (
      <>
        {trouble && (
          <Failed
            trouble={trouble}
            title={driving || running ? 'It stopped here' : 'Nothing was moved'}
            {...(running && { retry: existing.resume })}
          />
        )}
        {changed !== undefined && (
          <Message alert tone="warning" title="The work has changed since the preview">
            {changed}
          </Message>
        )}
        {running && progress ? (
          <Running
            progress={progress}
            driving={driving}
            pausing={pausing}
            onPause={existing.pause}
            onResume={existing.resume}
            onAnother={existing.another}
          />
        ) : preview ? (
          <Preview preview={preview} onBack={existing.dropPreview} onMove={() => existing.start(preview)} />
        ) : (
          offer && <Choose offer={offer} busy={busy} onFrom={existing.offerFrom} onPreview={existing.look} />
        )}
      </>
    );
  };

  const part = running ? 'running' : preview ? 'preview' : 'choose';
  return (
    <div className={layout['page']}>
      <PageHead title="Existing work" text="Work items that are there already go on as USM work." part={offer || running ? part : undefined} />
      {body()}
    </div>
  );
}
