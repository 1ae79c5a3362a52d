/** What a person's last act in the panel came to: what was made, or why the step was refused. */
import { Message } from '../shared/message';
import { WorkItemLink } from '../shared/work-item-link';
import type { Told } from './use-acts';
import styles from './refused.module.css';

export function DoneMessage({ told: { made, refused } }: { told: Told }) {
  if (refused) {
    return (
      <Message alert tone="danger" title={`${refused.name} was refused`}>
        <span className={styles['words']}>{refused.text}</span>
      </Message>
    );
  }
  if (made.length === 0) return null;
  return (
    <Message tone="success" title={made.length === 1 ? 'A work item was made' : `${String(made.length)} work items were made`}>
      {made.map(({ key, typeName }) => (
        <span key={key}>
          {typeName} <WorkItemLink itemKey={key}>{key}</WorkItemLink>
        </span>
      ))}
    </Message>
  );
}
