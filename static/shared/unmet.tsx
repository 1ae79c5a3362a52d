/** What a step will be refused for, before somebody fills a form in vain. */
import type { RuleLine } from '../../src/contract';
import styles from './dialog.module.css';
import { Message } from './message';

export const Unmet = ({ step, rules }: { step: string; rules: readonly RuleLine[] }) =>
  rules.length === 0 ? null : (
    <Message tone="warning" title={`${step} will be refused until this is true`}>
      <ul className={styles['unmet']}>
        {rules.map((rule) => (
          <li key={rule.rule}>
            {rule.text} <small>{rule.rule}</small>
            <span>{rule.help}</span>
          </li>
        ))}
      </ul>
    </Message>
  );
