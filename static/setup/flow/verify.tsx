/** What is really there, read back from the site; what to do next; and the record of it. */
import Button from '@atlaskit/button/new';
import { router } from '@forge/bridge';
import type { SetupProgress, Verification } from '../../../src/contract';
import type { MarkKind } from '../../shared/kinds';
import { Mark } from '../../shared/mark';
import { Message } from '../../shared/message';
import { report } from '../../shared/report';
import { Skeleton } from '../../shared/skeleton';
import { moment, wholeMoment } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { Failed, Instead } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { PageLink } from '../ui/page-link';
import { saveFile } from '../ui/save-file';
import { SiteLink } from '../ui/site-link';
import table from '../ui/table.module.css';
import { useReading } from '../ui/use-reading';
import { counted } from '../ui/words';
import { call } from './call';
import { keysOf } from './start';
import styles from './verify.module.css';

const MARKS: Record<Verification['checks'][number]['is'], { kind: MarkKind; name: string }> = {
  ok: { kind: 'met', name: 'As planned' },
  look: { kind: 'later', name: 'Look at this' },
  wrong: { kind: 'unmet', name: 'Not as planned' },
};

const LINES = [{ height: 52, width: '100%' }, ...Array.from({ length: 8 }, () => ({ height: 28, width: '100%' }))];

const readNow = () => call('setup.verify', {});

function Outcome({ checks, drifts }: Verification) {
  const wrong = checks.filter((one) => one.is === 'wrong').length;
  const look = checks.filter((one) => one.is === 'look').length;
  if (wrong === 0 && drifts === 0)
    return (
      <Message tone="success" title="Everything is as planned">
        <span>
          {counted(checks.length - look, 'check')} passed{look > 0 && `, ${counted(look, 'thing')} still to do`}.
        </span>
      </Message>
    );
  return (
    <Message tone="danger" title={wrong > 0 ? `${counted(wrong, 'check')} did not pass` : `${counted(drifts, 'deviation')} from the method`}>
      <span>
        {drifts > 0 && <PageLink to="/drift">See what differs and repair it</PageLink>}
        {drifts === 0 && 'Read what was found, mend it in Jira and verify again.'}
      </span>
    </Message>
  );
}

const Checks = ({ checks }: Verification) => (
  <section className={layout['main']} aria-labelledby="checks">
    <h2 id="checks" className={layout['subhead']}>
      Checks
    </h2>
    <div className={table['scroll']}>
      <table className={table['table']}>
        <thead>
          <tr>
            <td />
            <th scope="col">What</th>
            <th scope="col">Found</th>
            <th scope="col">How we know</th>
          </tr>
        </thead>
        <tbody>
          {checks.map(({ id, what, found, how, is }) => (
            <tr key={id}>
              <td className={table['mark']}>
                <Mark {...MARKS[is]} />
              </td>
              <td>{what}</td>
              <td>{found}</td>
              <td className={table['quiet']}>{how}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

/** A task that is done on a page of ours begins with its address: "settings/people". */
const addressOf = (id: string): string | undefined => /^(settings|rules|drift|existing-work)(\/[a-z-]+)?(?=$|:)/.exec(id)?.[0];

const Next = ({ next }: Pick<Verification, 'next'>) => (
  <section className={layout['card']}>
    <h2>Next, in this order</h2>
    <ol className={styles['next']}>
      {next.map(({ id, text, minutes, done }) => {
        const address = addressOf(id);
        return (
          <li key={id}>
            <Mark kind={done ? 'met' : 'open'} name={done ? 'Done' : 'To do'} />
            <span>{address === undefined ? text : <PageLink to={`/${address}`}>{text}</PageLink>}</span>
            <small>{minutes} min</small>
          </li>
        );
      })}
    </ol>
  </section>
);

export function Verify({ progress, onAnother }: { progress: SetupProgress | undefined; onAnother: () => void }) {
  const { answer, trouble, busy, again } = useReading(readNow);
  const now = useNow();
  if (!answer && trouble) return <Instead trouble={trouble} subject="The site" later="Verify reads back what setup has made." retry={again} />;
  if (!answer) return <Skeleton subject="the site" lines={LINES} />;
  const { proof, asOf, next } = answer;
  const [first, ...others] = progress?.target ? keysOf(progress.target) : [];
  const record = (): void =>
    saveFile(
      `usm-setup-${(proof?.hash ?? 'record').slice(0, 9)}.json`,
      JSON.stringify({ ...answer, asOf: new Date(asOf).toISOString() }, null, 2),
      'application/json',
    );
  return (
    <>
      {trouble && <Failed trouble={trouble} title="The site was not read again" />}
      <Outcome {...answer} />
      <div className={layout['columns']}>
        <Checks {...answer} />
        <aside className={layout['side']} aria-label="Next">
          {next.length > 0 && <Next next={next} />}
          <section className={layout['card']}>
            <h2>Proof</h2>
            <p>
              {proof ? (
                <>
                  Plan <code>{proof.hash.slice(0, 9)}</code>, applied {wholeMoment(proof.at)} by {proof.by}, verified {moment(asOf, now)}.
                </>
              ) : (
                `Verified ${moment(asOf, now)}.`
              )}
            </p>
            <div>
              <Button spacing="compact" appearance="subtle" onClick={record}>
                Download the record
              </Button>
            </div>
          </section>
        </aside>
      </div>
      <footer className={layout['foot']}>
        <Button appearance="subtle" onClick={onAnother}>
          Set up another space
        </Button>
        <p>
          Read back every night; <PageLink to="/drift">Drift</PageLink> tells what differs.
          {others.map((key) => (
            <span key={key}>
              {' '}
              <SiteLink path={`/browse/${key}`}>Open {key}</SiteLink>
            </span>
          ))}
        </p>
        <Button isLoading={busy !== undefined} onClick={again}>
          Verify again
        </Button>
        {first !== undefined && (
          <Button
            appearance="primary"
            onClick={() => {
              router.navigate(`/browse/${first}`).catch((error: unknown) => report('The space did not open', error));
            }}
          >
            {others.length > 0 ? `Go to the space ${first}` : 'Go to the space'}
          </Button>
        )}
      </footer>
    </>
  );
}
