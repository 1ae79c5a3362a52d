/** Many work items through one step: choose them, choose the step, see what became of each. */
import { useEffect, useState } from 'react';
import Button, { LinkButton } from '@atlaskit/button/new';
import ProgressBar from '@atlaskit/progress-bar';
import { refusal } from '../api';
import { OneOf } from '../fields/choice';
import shared from '../pages/pages.module.css';
import { Link } from '../router';
import * as site from '../search/api';
import { searchAddress } from '../search/query';
import { EmptyState } from '../ui/empty-state';
import { StatusLozenge } from '../ui/status-lozenge';
import { TypeIcon } from '../ui/type-icon';
import { useLive } from '../use-live';
import { byStatus, choicesOf, inputsOf, outcomeOf, type Choice, type Outcome } from './groups';
import styles from './bulk.module.css';

const LOOK_MS = 500;
const ENDED = new Set(['COMPLETE', 'FAILED', 'CANCELLED', 'DEAD']);
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const saidBy = (error: unknown): string => {
  const { messages, fields } = refusal(error);
  return [...messages, ...Object.values(fields)].join('\n');
};
const workItems = (count: number): string => `${count} work item${count === 1 ? '' : 's'}`;

interface PickProps {
  items: site.Row[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}

function Pick({ items, picked, onPick }: PickProps) {
  const all = picked.size === items.length;
  const toggle = (id: string): void => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    onPick(next);
  };
  return (
    <div className={styles['frame']}>
      <table className={styles['table']} aria-label="Work items to change">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="All work items"
                checked={all}
                ref={(box) => void (box && (box.indeterminate = !all && picked.size > 0))}
                onChange={() => onPick(all ? new Set() : new Set(items.map(({ id }) => id)))}
              />
            </th>
            <th scope="col">Key</th>
            <th scope="col">Type</th>
            <th scope="col">Summary</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, key, fields }) => (
            <tr key={id}>
              <td>
                <input type="checkbox" aria-label={key} checked={picked.has(id)} onChange={() => toggle(id)} />
              </td>
              <td>
                <Link href={`/browse/${key}`}>{key}</Link>
              </td>
              <td>
                <TypeIcon type={fields.issuetype} />
              </td>
              <td className={styles['cut']}>{fields.summary}</td>
              <td>
                <StatusLozenge status={fields.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface StepsProps {
  items: site.Row[];
  onBack: () => void;
  onSubmit: (choices: Choice[], chosen: Record<string, string>) => Promise<void>;
}

const loadChoices = async (items: readonly site.Row[]): Promise<Choice[]> => {
  const groups = byStatus(items);
  const offers = await Promise.all(groups.map((group) => site.bulkTransitions(group.items.map(({ id }) => id))));
  return groups.flatMap((group, index) => choicesOf(group, offers[index] ?? []));
};

function Steps({ items, onBack, onSubmit }: StepsProps) {
  const choices = useLive(`bulk:${items.map(({ id }) => id).join()}`, () => loadChoices(items));
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const inputs = inputsOf(choices.data ?? [], chosen);
  const count = inputs.reduce((sum, one) => sum + one.selectedIssueIdsOrKeys.length, 0);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await onSubmit(choices.data ?? [], chosen);
    } catch (failure) {
      setError(saidBy(failure));
      setBusy(false);
    }
  };
  if (!choices.data && !choices.error) return <div className={shared['loading']} aria-busy="true" />;
  return (
    <>
      <p className={shared['lead']}>Choose a transition for each status. Work items without one stay as they are.</p>
      <ul className={styles['groups']}>
        {(choices.data ?? []).map(({ id, status, types, items: here, transitions }) => (
          <li key={id} className={styles['group']}>
            <span className={styles['groupName']}>
              <StatusLozenge status={status} /> {types.join(', ')}
              <span className={shared['quiet']}>{workItems(here.length)}</span>
            </span>
            {transitions.length > 0 ? (
              <span className={styles['groupChoice']}>
                <OneOf
                  id={`bulk-${id}`}
                  label={`Transition from ${status.name}, ${types.join(', ')}`}
                  placeholder="Stays as it is"
                  options={transitions.map(({ transitionId, transitionName, to }) => ({
                    value: transitionId,
                    label: `${transitionName} → ${to.statusName}`,
                  }))}
                  value={chosen[id] ?? ''}
                  onChange={(value) => setChosen({ ...chosen, [id]: value })}
                />
              </span>
            ) : (
              <span className={shared['quiet']}>No transition is open here without a screen.</span>
            )}
          </li>
        ))}
      </ul>
      <p role="alert" className={styles['error']}>
        {choices.error ? saidBy(choices.error) : error}
      </p>
      <div className={styles['buttons']}>
        <Button onClick={onBack}>Back</Button>
        <Button appearance="primary" isDisabled={count === 0} isLoading={busy} onClick={() => void submit()}>
          {`Move ${workItems(count)}`}
        </Button>
      </div>
    </>
  );
}

function Result({ outcome, jql }: { outcome: Outcome; jql: string }) {
  return (
    <>
      <section className={styles['result']} aria-label="Result">
        <div role="status">
          <h2 className={styles['resultTitle']}>{outcome.title}</h2>
        </div>
        <ul className={styles['refusals']}>
          {outcome.refused.map(({ item, reasons }) => (
            <li key={item.id} className={styles['refusal']}>
              <TypeIcon type={item.fields.issuetype} />
              <Link href={`/browse/${item.key}`}>{item.key}</Link>
              <span className={styles['reason']}>{reasons.join('\n')}</span>
            </li>
          ))}
        </ul>
        {outcome.unreachable > 0 && <p className={shared['quiet']}>{workItems(outcome.unreachable)} could not be reached any more.</p>}
      </section>
      <div className={styles['buttons']}>
        <LinkButton href={searchAddress(jql)}>Back to the search</LinkButton>
      </div>
    </>
  );
}

interface Running {
  taskId: string;
  items: site.Row[];
  targets: string[];
}

function Progress({ running, jql }: { running: Running; jql: string }) {
  const [progress, setProgress] = useState<site.BulkProgress>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let gone = false;
    const watch = async (): Promise<void> => {
      for (;;) {
        const now = await site.bulkProgress(running.taskId);
        if (gone) return;
        setProgress(now);
        if (ENDED.has(now.status)) return;
        await wait(LOOK_MS);
      }
    };
    watch().catch((failure: unknown) => setError(saidBy(failure)));
    return () => {
      gone = true;
    };
  }, [running.taskId]);
  if (error) return <p className={styles['error']}>{error}</p>;
  if (progress?.status === 'COMPLETE') return <Result outcome={outcomeOf(running.items, running.targets, progress)} jql={jql} />;
  if (progress && ENDED.has(progress.status)) return <p className={styles['error']}>The bulk change ended as {progress.status.toLowerCase()}.</p>;
  const percent = progress?.progressPercent ?? 0;
  return (
    <div className={styles['progress']}>
      <p>
        Moving {workItems(running.items.length)}: {percent} %
      </p>
      <ProgressBar ariaLabel="Bulk change" value={percent / 100} />
    </div>
  );
}

/** From the found work items to the outcome. */
export function BulkPage({ jql }: { jql: string }) {
  const found = useLive(`bulk-items:${jql}`, () => site.forBulk(jql));
  const [picked, setPicked] = useState<ReadonlySet<string>>();
  const [choosing, setChoosing] = useState(false);
  const [running, setRunning] = useState<Running>();

  if (found.error && !found.data) return <EmptyState title="The work items did not load" text={saidBy(found.error)} />;
  if (!found.data) return <div className={shared['loading']} aria-busy="true" />;
  const items = found.data;
  const now = picked ?? new Set(items.map(({ id }) => id));
  const selected = items.filter(({ id }) => now.has(id));

  const submit = async (choices: Choice[], chosen: Record<string, string>): Promise<void> => {
    const taken = choices.filter(({ id }) => chosen[id]);
    const targets = taken.flatMap(({ id, transitions }) => transitions.find((one) => one.transitionId === chosen[id])?.to.statusName ?? []);
    const taskId = await site.submitBulk(inputsOf(choices, chosen));
    setRunning({ taskId, items: taken.flatMap((one) => one.items), targets });
  };

  return (
    <div className={shared['page']}>
      <p className={shared['crumbs']}>
        <Link href={searchAddress(jql)}>Search</Link>
      </p>
      <h1 className={shared['title']}>Bulk change</h1>
      {running ? (
        <Progress running={running} jql={jql} />
      ) : choosing ? (
        <Steps items={selected} onBack={() => setChoosing(false)} onSubmit={submit} />
      ) : items.length === 0 ? (
        <EmptyState title="Nothing to change" text="The query finds no work items." />
      ) : (
        <>
          <Pick items={items} picked={now} onPick={setPicked} />
          <div className={styles['buttons']}>
            <LinkButton href={searchAddress(jql)}>Cancel</LinkButton>
            <Button appearance="primary" isDisabled={selected.length === 0} onClick={() => setChoosing(true)}>
              {`Go on with ${workItems(selected.length)}`}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
