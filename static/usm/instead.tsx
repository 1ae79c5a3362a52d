/** What stands in place of a page's content while there is none. */
import type { Trouble } from '../../src/contract';
import { TroubleView } from '../shared/trouble';
import layout from '../setup/ui/layout.module.css';

interface InsteadProps {
  trouble: Trouble;
  subject: string;
  retry: () => void;
}

/** Whoever works is not whoever sets up, so the way to Setup is told in words. */
export const Instead = ({ trouble, subject, retry }: InsteadProps) =>
  trouble.state === 'notSetUp' ? (
    <div className={layout['empty']}>
      <h2>USM is not set up on this site yet</h2>
      <p>No space works with USM, so there is nothing to show. A Jira administrator can change that in Jira’s settings, Apps, USM setup.</p>
    </div>
  ) : (
    <TroubleView trouble={trouble} subject={subject} retry={retry} />
  );
