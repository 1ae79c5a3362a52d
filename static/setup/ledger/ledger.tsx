/** The ledger: how far it is, what it found outside the method, and rebuilding it. */
import Button from '@atlaskit/button/new';
import type { LedgerStatus } from '../../../src/contract';
import { Live } from '../../shared/hidden';
import { Message } from '../../shared/message';
import { Reference } from '../../shared/reference';
import { Skeleton } from '../../shared/skeleton';
import { momentToTheMinute } from '../../shared/time';
import { WorkItemLink } from '../../shared/work-item-link';
import { Failed, Instead } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { PageHead } from '../ui/page-head';
import { ProgressBar } from '../ui/progress-bar';
import table from '../ui/table.module.css';
import { useLedger } from './use-ledger';
import { addedWords, completeWords, dailyWords, holdsWords, seenWords } from './words';

const LINES = [{ height: 60, width: '60%' }, ...Array.from({ length: 3 }, () => ({ height: 36, width: '100%' }))];
const PURPOSE = 'Every step, hand-off and refusal of a work item, kept for its history and for measures. It follows Jira’s own changelogs.';

interface RebuildProps {
  status: LedgerStatus;
  driving: boolean;
  onRebuild: () => void;
  onGoOn: () => void;
  onStop: () => void;
}

function Rebuild({ status, driving, onRebuild, onGoOn, onStop }: RebuildProps) {
  const { phase, seen, total, at, failed } = status.rebuild;
  const halted = !driving && phase === 'running';
  return (
    <section className={layout['card']} aria-label="Rebuild">
      <h2>Rebuild from the changelogs</h2>
      <p>
        Reads the changelogs of all USM work items and adds what is missing. Nothing is removed, nothing in Jira is changed, and it may be left and
        gone on with at any time. It asks Jira about two points for each work item.
      </p>
      {(driving || halted) && <ProgressBar label="Rebuild" done={seen} of={total} text={seenWords(status.rebuild)} />}
      {failed && (
        <Message alert tone="danger" title="The rebuild stopped">
          <span>{failed.text}</span>
          <Reference value={failed.reference} />
        </Message>
      )}
      {phase === 'done' && !driving && at !== undefined && (
        <p>{`Last rebuilt ${momentToTheMinute(at, status.asOf)}: ${addedWords(status.rebuild)}`}</p>
      )}
      <Live>{driving ? seenWords(status.rebuild) : ''}</Live>
      <div className={layout['row']}>
        {driving ? (
          <Button onClick={onStop}>Stop the rebuild</Button>
        ) : halted || phase === 'failed' ? (
          <Button appearance="primary" onClick={onGoOn}>
            Go on with the rebuild
          </Button>
        ) : (
          <Button onClick={onRebuild}>Rebuild the ledger</Button>
        )}
      </div>
    </section>
  );
}

function Found({ found, asOf }: Pick<LedgerStatus, 'found' | 'asOf'>) {
  return (
    <section className={layout['page']} aria-label="Outside the method">
      <h2 className={layout['subhead']}>Outside the method</h2>
      {found.length === 0 ? (
        <p className={layout['small']}>Everything that happened here follows the method.</p>
      ) : (
        <div className={table['scroll']}>
          <table className={table['table']}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Work item</th>
                <th scope="col">What happened, and what to do</th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ key, at, text }, index) => (
                <tr key={index}>
                  <td className={table['quiet']}>{momentToTheMinute(at, asOf)}</td>
                  <td>{key === undefined ? 'One you may not see' : <WorkItemLink itemKey={key}>{key}</WorkItemLink>}</td>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function Ledger() {
  const { status, trouble, driving, read, rebuild, goOn, stop } = useLedger();
  if (!status)
    return (
      <div className={layout['page']}>
        <PageHead title="Ledger" text={PURPOSE} />
        {trouble ? (
          <Instead trouble={trouble} subject="The ledger" later="Then the ledger keeps what happens to work items." retry={read} />
        ) : (
          <Skeleton subject="the ledger" lines={LINES} />
        )}
      </div>
    );
  return (
    <div className={layout['page']}>
      <PageHead title="Ledger" text={PURPOSE} />
      {trouble && <Failed trouble={trouble} title="The ledger was not read" retry={read} />}
      <div className={layout['columns']}>
        <div className={layout['main']}>
          <section className={layout['card']} aria-label="How far it is">
            <h2>{completeWords(status)}</h2>
            <p>{holdsWords(status)}</p>
            <p>{dailyWords(status)}</p>
          </section>
          <Found found={status.found} asOf={status.asOf} />
        </div>
        <div className={layout['side']}>
          <Rebuild status={status} driving={driving} onRebuild={rebuild} onGoOn={goOn} onStop={stop} />
        </div>
      </div>
    </div>
  );
}
