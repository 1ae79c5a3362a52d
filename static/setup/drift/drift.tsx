/** Watch: where the site no longer follows the method, and what that means. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { driftCalls } from '../../../src/contract/drift';
import type { DriftReport } from '../../../src/contract';
import { caller } from '../../shared/call';
import { Live } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Mark } from '../../shared/mark';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { momentToTheMinute } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { Failed, Instead } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { PageHead } from '../ui/page-head';
import { PageLink } from '../ui/page-link';
import { Segments } from '../ui/segments';
import table from '../ui/table.module.css';
import { useReading } from '../ui/use-reading';
import { counted } from '../ui/words';
import { Deviation } from './deviation';
import { sortReport, type Sorted } from './report';

const call = caller(driftCalls);
const readLast = () => call('drift.read', { fresh: false });
const readNow = () => call('drift.read', { fresh: true });

const LINES = [{ height: 32, width: '40%' }, ...Array.from({ length: 4 }, () => ({ height: 72, width: '100%' }))];

type Shown = keyof Omit<Sorted, 'safe'>;

const Repaired = ({ repaired, now }: { repaired: DriftReport['repaired']; now: number }) => (
  <table className={table['table']}>
    <tbody>
      {repaired.map(({ sentence, by, at }, index) => (
        <tr key={index}>
          <td className={table['mark']}>
            <Mark kind="met" name="Repaired" />
          </td>
          <td>{sentence}</td>
          <td className={table['quiet']}>
            {momentToTheMinute(at, now)}, by {by}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const NONE: Record<Shown, { title: string; text: string }> = {
  open: { title: 'The site follows the method', text: 'It is read every night, and you are told here.' },
  accepted: { title: 'Nothing is accepted', text: 'A deviation that may stay is accepted with a reason and a day for looking again.' },
  repaired: { title: 'Nothing was repaired in the last 30 days', text: 'Repairs are listed here with who did them.' },
};

export function Drift() {
  const { answer, trouble, busy, ask, again } = useReading(readLast);
  const [shown, setShown] = useState<Shown>('open');
  const [told, setTold] = useState('');
  const now = useNow();
  const working = busy !== undefined;

  const repair = async (ids: string[]): Promise<void> => {
    if (await ask(() => call('drift.repair', { ids }), 'repair')) setTold(`${counted(ids.length, 'deviation')} repaired.`);
  };
  const accept = (id: string, reason: string, review: string): Promise<boolean> => ask(() => call('drift.accept', { id, reason, review }), 'accept');
  const reopen = (id: string): void => void ask(() => call('drift.reopen', { id }), 'reopen');

  const body = () => {
    if (!answer)
      return trouble ? (
        <Instead trouble={trouble} subject="The site" later="Drift compares the site with what setup has made." retry={again} />
      ) : (
        <Skeleton subject="the last comparison" lines={LINES} />
      );
    const sorted = sortReport(answer);
    const { safe } = sorted;
    return (
      <>
        {trouble && <Failed trouble={trouble} title="Nothing was changed" />}
        {answer.unread !== undefined && (
          <Message tone="warning" title="Not everything could be read">
            {answer.unread}
          </Message>
        )}
        {answer.upgrade && (
          <Message tone="information" title="This version of the app brings a newer method">
            <span>A plan shows the differences before anything is written. </span>
            <PageLink to="/">Make the plan in Setup</PageLink>
          </Message>
        )}
        <div className={layout['row']}>
          <Segments
            label="Deviations to show"
            segments={[
              { value: 'open' as const, name: 'Open', count: sorted.open.length },
              { value: 'accepted', name: 'Accepted', count: sorted.accepted.length },
              { value: 'repaired', name: 'Repaired', count: sorted.repaired.length },
            ]}
            value={shown}
            onChange={setShown}
          />
          {safe.length > 0 && shown === 'open' && (
            <span className={layout['end']}>
              <Button appearance="primary" isLoading={busy === 'repair'} isDisabled={working} onClick={() => void repair(safe.map(({ id }) => id))}>
                {safe.length === 1 ? 'Repair the one that is safe' : `Repair ${String(safe.length)} that are safe`}
              </Button>
            </span>
          )}
        </div>
        {sorted[shown].length === 0 ? (
          <div className={layout['empty']}>
            <h2>{answer.asOf === undefined ? 'The site has not been compared yet' : NONE[shown].title}</h2>
            <p>{answer.asOf === undefined ? 'Read it now, or wait for tonight.' : NONE[shown].text}</p>
          </div>
        ) : shown === 'repaired' ? (
          <Repaired repaired={sorted.repaired} now={now} />
        ) : (
          sorted[shown].map((drift, index) => (
            <Deviation
              key={drift.id}
              drift={drift}
              now={now}
              busy={working}
              first={index === 0}
              repair={(ids) => void repair(ids)}
              accept={accept}
              reopen={reopen}
            />
          ))
        )}
        <p className={layout['small']}>
          Accepting is a decision of the process manager: it asks a reason and a review date, and the auditor sees it.
        </p>
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Drift" text="Where the site no longer follows the method, and what that means.">
        {answer && (
          <>
            {answer.asOf === undefined ? 'never read' : `read at ${momentToTheMinute(answer.asOf, now)}`}
            <Button
              iconBefore={() => <Icon name="repeat" />}
              isLoading={busy === 'now'}
              isDisabled={working}
              onClick={() => void ask(readNow, 'now').then((done) => done && setTold('The site was compared.'))}
            >
              Read now
            </Button>
          </>
        )}
      </PageHead>
      <Live>{told}</Live>
      {body()}
    </div>
  );
}
