/** What the site has, in facts and what they mean; where USM should work, and how strictly it begins. */
import Button from '@atlaskit/button/new';
import { useState, type FormEvent } from 'react';
import type { Assessment, Finding, SetupProgress, Trouble } from '../../../src/contract';
import type { MarkKind } from '../../shared/kinds';
import { Icon } from '../../shared/icons';
import { Mark } from '../../shared/mark';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { moment } from '../../shared/time';
import { TroubleView } from '../../shared/trouble';
import { useNow } from '../../shared/use-now';
import { Failed } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { Segments } from '../ui/segments';
import { useReading } from '../ui/use-reading';
import { counted, seconds } from '../ui/words';
import styles from './assess.module.css';
import { call } from './call';
import { SpaceForm } from './space-form';
import { problemsOf, type Draft } from './start';

type Level = Finding['level'];

const LEVELS: readonly { value: Level; name: string; mark: MarkKind; says: string }[] = [
  { value: 'blocks', name: 'Blocks', mark: 'unmet', says: 'Blocks' },
  { value: 'decide', name: 'You decide', mark: 'later', says: 'You decide' },
  { value: 'know', name: 'Good to know', mark: 'information', says: 'Good to know' },
  { value: 'fine', name: 'Fine', mark: 'met', says: 'Fine' },
];

const LINES = [{ height: 32, width: '70%' }, ...Array.from({ length: 7 }, () => ({ height: 40, width: '100%' }))];

const readNow = () => call('setup.assess', {});

interface FindingsProps {
  assessment: Assessment;
  reading: boolean;
  onReadAgain: () => void;
  onDecide: (node: string) => void;
}

function Findings({ assessment: { findings, asOf, took, requests }, reading, onReadAgain, onDecide }: FindingsProps) {
  const [level, setLevel] = useState<Level | 'all'>('all');
  const now = useNow();
  const count = (of: Level): number => findings.filter((one) => one.level === of).length;
  const shown = LEVELS.flatMap((one) =>
    findings.filter((finding) => finding.level === one.value && (level === 'all' || level === one.value)).map((finding) => ({ ...one, finding })),
  );
  return (
    <section className={layout['main']} aria-label="Findings">
      <div className={layout['row']}>
        <h2 className={layout['subhead']}>Findings</h2>
        <span className={layout['small']}>
          read at {moment(asOf, now)} in {seconds(took)}, {counted(requests, 'request')}
        </span>
        <span className={layout['end']}>
          <Button spacing="compact" iconBefore={() => <Icon name="repeat" />} isLoading={reading} onClick={onReadAgain}>
            Read again
          </Button>
        </span>
      </div>
      <Segments
        label="Findings to show"
        looks="tabs"
        segments={[
          { value: 'all' as const, name: 'All', count: findings.length },
          ...LEVELS.map(({ value, name }) => ({ value, name, count: count(value) })),
        ]}
        value={level}
        onChange={setLevel}
      />
      {shown.length === 0 ? (
        <p className={layout['small']}>Nothing of this kind was found.</p>
      ) : (
        <ul className={styles['findings']}>
          {shown.map(({ finding: { id, title, text, node }, mark, says }) => (
            <li key={id}>
              <Mark kind={mark} name={says} />
              <div>
                <p>{title}</p>
                {text !== undefined && <small>{text}</small>}
              </div>
              {node !== undefined && (
                <Button spacing="compact" aria-label={`Decide: ${title}`} onClick={() => onDecide(node)}>
                  Decide
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface AssessProps {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  planning: boolean;
  trouble: Trouble | undefined;
  /** After an undo: what stayed. */
  undone: SetupProgress['kept'] | undefined;
  onPlan: (decide?: string) => void;
}

const Undone = ({ kept }: { kept: SetupProgress['kept'] }) => (
  <Message
    tone={kept.length === 0 ? 'success' : 'warning'}
    title={kept.length === 0 ? 'The last plan is undone, nothing of it is left' : `The last plan is undone, ${counted(kept.length, 'object')} stayed`}
  >
    {kept.length > 0 && (
      <ul className={layout['bullets']}>
        {kept.map(({ name, why }) => (
          <li key={name}>
            <strong>{name}</strong>: {why}
          </li>
        ))}
      </ul>
    )}
  </Message>
);

export function Assess({ draft, onDraft, planning, trouble, undone, onPlan }: AssessProps) {
  const { answer, trouble: unread, busy, again } = useReading(readNow);
  const [tried, setTried] = useState(false);
  const problems = tried ? problemsOf(draft) : {};

  if (!answer && unread) return <TroubleView trouble={unread} subject="The site" retry={again} />;

  const blocks = answer?.findings.filter(({ level }) => level === 'blocks').length ?? 0;
  const open = answer?.findings.filter(({ level }) => level === 'decide').length ?? 0;
  const state = !answer
    ? 'The site is being read.'
    : blocks > 0
      ? `${counted(blocks, 'finding')} ${blocks === 1 ? 'blocks' : 'block'} the plan. Mend ${blocks === 1 ? 'it' : 'them'} in Jira, then read again.`
      : open > 0
        ? `${counted(open, 'decision')} open. You can also take them in the plan.`
        : 'Nothing stands in the way.';

  const plan = (decide?: string): void => {
    setTried(true);
    const [first] = Object.keys(problemsOf(draft));
    if (first !== undefined) document.getElementById(`space-${first}`)?.focus();
    else if (!planning && blocks === 0) onPlan(decide);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    plan();
  };

  return (
    <form noValidate onSubmit={onSubmit} className={layout['page']}>
      {undone && <Undone kept={undone} />}
      {trouble && <Failed trouble={trouble} title="The plan was not made" />}
      {answer && unread && <Failed trouble={unread} title="The site was not read again" />}
      <div className={layout['columns']}>
        {answer ? (
          <Findings assessment={answer} reading={busy !== undefined} onReadAgain={again} onDecide={plan} />
        ) : (
          <Skeleton subject="the site" lines={LINES} />
        )}
        <aside className={layout['side']} aria-label="Decisions">
          <SpaceForm draft={draft} spaces={answer?.spaces} problems={problems} onDraft={onDraft} />
        </aside>
      </div>
      <footer className={layout['foot']}>
        <p id="hindrance" className={layout['first']} role="status">
          {state}
        </p>
        <Button appearance="primary" type="submit" isDisabled={!answer || blocks > 0} isLoading={planning} aria-describedby="hindrance">
          Make the plan
        </Button>
      </footer>
    </form>
  );
}
