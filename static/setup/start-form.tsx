/** Which space is to work with USM. */
import Button from '@atlaskit/button/new';
import { useState, type FormEvent } from 'react';
import type { SetupTarget } from '../../src/contract';
import { Field } from '../shared/field';
import { Message } from '../shared/message';
import layout from './layout.module.css';
import { proposedKey, targetProblems } from './plan';
import styles from './start-form.module.css';
import type { Notice } from './use-setup';

interface StartFormProps {
  target?: SetupTarget | undefined;
  planning: boolean;
  notice?: Notice | undefined;
  onPlan: (target: SetupTarget) => void;
}

export function StartForm({ target, planning, notice, onPlan }: StartFormProps) {
  const [projectName, setName] = useState(target?.projectName ?? '');
  /** Follows the name until somebody types a key of their own. */
  const [ownKey, setOwnKey] = useState(target?.projectKey);
  const [tried, setTried] = useState(false);
  const entered = { projectKey: ownKey ?? proposedKey(projectName), projectName: projectName.trim() };
  const problems = tried ? targetProblems(entered) : {};

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const missing = targetProblems(entered);
    const first = missing.projectName ? 'projectName' : missing.projectKey ? 'projectKey' : undefined;
    if (first) document.getElementById(first)?.focus();
    else if (!planning) onPlan(entered);
  };

  return (
    <form noValidate onSubmit={onSubmit} className={layout['columns']}>
      <div className={layout['main']}>
        {notice && (
          <Message alert tone="warning" title={notice.title}>
            {notice.text}
          </Message>
        )}
        <section className={`${layout['card'] ?? ''} ${styles['form'] ?? ''}`}>
          <h2>Space</h2>
          <Field id="projectName" label="Name" problem={problems.projectName} hint="As people find it in Jira.">
            {(aria) => <input {...aria} autoComplete="off" value={projectName} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Field id="projectKey" label="Key" problem={problems.projectKey} hint="Begins the key of every work item: NSS-1.">
            {(aria) => (
              <input {...aria} autoComplete="off" value={entered.projectKey} onChange={(event) => setOwnKey(event.target.value.toUpperCase())} />
            )}
          </Field>
          <div>
            <Button appearance="primary" type="submit" isLoading={planning}>
              {notice ? 'Make a new plan' : 'Make a plan'}
            </Button>
          </div>
        </section>
      </div>
      <aside className={layout['side']}>
        <section className={layout['card']}>
          <h2>What happens next</h2>
          <p>The site is read and a plan is made: every object USM needs, whether it exists already, and what would be written.</p>
          <p>You read the plan and decide. Other spaces stay as they are.</p>
        </section>
      </aside>
    </form>
  );
}
