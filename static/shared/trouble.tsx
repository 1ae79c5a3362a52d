/** What a page shows instead of its content: what it is, what still works, what to do. */
import Button from '@atlaskit/button/new';
import type { Trouble } from '../../src/contract';
import { Message } from './message';
import { Reference } from './reference';
import styles from './trouble.module.css';

interface TroubleProps {
  trouble: Trouble;
  /** What could not be read, as the beginning of a sentence: "The process". */
  subject: string;
  retry: () => void;
}

const Plain = ({ title, text }: { title: string; text: string }) => (
  <div className={styles['plain']}>
    <h2>{title}</h2>
    <p>{text}</p>
  </div>
);

export function TroubleView({ trouble, subject, retry }: TroubleProps) {
  switch (trouble.state) {
    case 'notSetUp':
      return (
        <Plain
          title="This space does not work with USM yet"
          text="This panel stays empty until it does. A Jira administrator can add the space in Setup; nothing changes before they agree to a plan."
        />
      );
    case 'notUsm':
      return (
        <Plain
          title={`${trouble.typeName} is not part of USM`}
          text="Work of this type moves as Jira allows; nothing is checked or counted here. The eight USM work types show their process in this place."
        />
      );
    case 'forbidden':
      return <Plain title="You may not see this" text={trouble.text} />;
    case 'error':
      return (
        <div className={styles['error']}>
          <Message tone="danger" title={`${subject} could not be read`}>
            <span>{trouble.text}</span>
            <Button spacing="compact" onClick={retry}>
              Try again
            </Button>
          </Message>
          <div className={styles['foot']}>
            <span>Tell an administrator if it stays.</span>
            <Reference value={trouble.reference} />
          </div>
        </div>
      );
  }
}
