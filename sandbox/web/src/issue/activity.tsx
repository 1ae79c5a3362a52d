import { useState } from 'react';
import type { PlacedModule } from '../../../contract';
import type { Change, Comment } from '../schemas';
import { AdfView } from '../ui/adf-view';
import { Frame } from '../ui/frame';
import { Face } from '../ui/person';
import { Moment } from '../ui/moment';
import { CommentBox } from './comment-box';
import styles from './activity.module.css';
import item from './issue.module.css';

const SOMEONE = 'Someone';

function Comments({ comments }: { comments: Comment[] }) {
  const newestFirst = [...comments].sort((one, other) => other.created.localeCompare(one.created) || Number(other.id) - Number(one.id));
  return newestFirst.map((comment) => (
    <article key={comment.id} className={styles['entry']}>
      <Face name={comment.author?.displayName ?? SOMEONE} size="medium" />
      <div className={styles['entryBody']}>
        <div>
          <span className={styles['author']}>{comment.author?.displayName ?? SOMEONE}</span> <Moment at={comment.created} />
        </div>
        <AdfView value={comment.body} />
      </div>
    </article>
  ));
}

const Value = ({ children }: { children: string }) =>
  children ? <span className={styles['changed']}>{children}</span> : <span className={styles['nothing']}>None</span>;

function History({ changes }: { changes: Change[] }) {
  const newestFirst = [...changes].sort((one, other) => Number(other.id) - Number(one.id));
  return newestFirst.map((change) => (
    <article key={change.id} className={styles['entry']}>
      <Face name={change.author?.displayName ?? SOMEONE} size="medium" />
      <div className={styles['entryBody']}>
        {change.items.map((item, index) => (
          <div key={index} className={styles['change']}>
            <div>
              <span className={styles['author']}>{change.author?.displayName ?? SOMEONE}</span> {item.from ? 'changed' : 'set'} the{' '}
              <span className={styles['author']}>{item.field}</span> <Moment at={change.created} />
            </div>
            <div className={styles['fromTo']}>
              <Value>{item.from}</Value>
              <span aria-label="to">→</span>
              <Value>{item.to}</Value>
            </div>
          </div>
        ))}
      </div>
    </article>
  ));
}

interface ActivityProps {
  issueKey: string;
  comments: Comment[] | undefined;
  changes: Change[] | undefined;
  modules: PlacedModule[];
  onChange: () => void;
}

/** Comments, history, and the tabs that apps add. */
export function Activity({ issueKey, comments, changes, modules, onChange }: ActivityProps) {
  const tabs = modules.filter((module) => module.type === 'jira:issueActivity');
  const [tab, setTab] = useState('comments');
  const entries: [id: string, name: string][] = [
    ['comments', 'Comments'],
    ['history', 'History'],
    ...tabs.map((one): [string, string] => [one.moduleKey, one.title]),
  ];
  const module = tabs.find((one) => one.moduleKey === tab);
  return (
    <section aria-label="Activity" className={styles['activity']}>
      <h2 className={item['heading']}>Activity</h2>
      <div className={styles['tabs']} role="group" aria-label="Show">
        <span className={styles['show']}>Show:</span>
        {entries.map(([id, name]) => (
          <button key={id} type="button" className={styles['tab']} aria-pressed={tab === id} onClick={() => setTab(id)}>
            {name}
          </button>
        ))}
      </div>
      {/* Kept while another tab is looked at, so that typed words stay. */}
      <div hidden={tab !== 'comments'}>
        <CommentBox issueKey={issueKey} onAdded={onChange} />
        {comments && <Comments comments={comments} />}
      </div>
      {tab === 'history' && changes && <History changes={changes} />}
      {tab === 'history' && changes?.length === 0 && <p className={styles['nothing']}>Nothing has changed yet.</p>}
      {module && <Frame key={module.moduleKey} module={module} issueKey={issueKey} onRefresh={onChange} />}
    </section>
  );
}
