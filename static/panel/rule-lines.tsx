/** Rules as lines: the fact that must be true, then why or what to do, then the button that does it. The code is small and last. */
import Button from '@atlaskit/button/new';
import type { RuleLine } from '../../src/contract';
import { Mark } from '../shared/mark';
import { WorkItemLink } from '../shared/work-item-link';
import styles from './rule-lines.module.css';
import type { Acts } from './use-acts';
import { cutAtKeys, markOf, notJudgedTitle, sortRules } from './view';

interface RuleLinesProps {
  rules: readonly RuleLine[];
  /** Work items whose keys become links. */
  keys: readonly string[];
  /** Rules of the step after next. */
  ahead?: boolean;
  onHandOver: (() => void) | undefined;
  onAsk: Acts['onAsk'];
}

const Linked = ({ text, keys }: { text: string; keys: readonly string[] }) => (
  <>
    {cutAtKeys(text, keys).map((part, index) =>
      part.key ? (
        <WorkItemLink key={index} itemKey={part.text}>
          {part.text}
        </WorkItemLink>
      ) : (
        part.text
      ),
    )}
  </>
);

function Line({ rule, keys, ahead, onHandOver, onAsk }: Omit<RuleLinesProps, 'rules'> & { rule: RuleLine }) {
  const { kind, name } = markOf(rule.state, ahead ?? false);
  // What is met needs no explanation; a rule that nobody judges is told in one line.
  const { ask } = rule;
  const withHelp = rule.state === 'unmet' || rule.state === 'warning' || rule.state === 'later';
  return (
    <li className={styles['rule']}>
      <Mark kind={kind} name={name} />
      <div className={rule.state === 'notJudged' ? styles['subtle'] : undefined}>
        <p>
          <Linked text={rule.text} keys={keys} /> <span className={styles['code']}>{rule.rule}</span>
        </p>
        {withHelp && rule.help && (
          <p className={styles['help']}>
            <Linked text={rule.help} keys={keys} />
          </p>
        )}
        {withHelp && rule.action === 'handOver' && onHandOver && (
          <div className={styles['action']}>
            <Button spacing="compact" onClick={onHandOver}>
              Hand over
            </Button>
          </div>
        )}
        {withHelp && ask && (
          <div className={styles['action']}>
            <Button spacing="compact" onClick={() => onAsk(rule.rule, ask)}>
              {ask.button}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

export function RuleLines({ rules, ...rest }: RuleLinesProps) {
  const { judged, notJudged } = sortRules(rules);
  return (
    <>
      {judged.length > 0 && (
        <ul>
          {judged.map((rule) => (
            <Line key={rule.rule} rule={rule} {...rest} />
          ))}
        </ul>
      )}
      {notJudged.length > 0 && (
        <details className={styles['notJudged']}>
          <summary>{notJudgedTitle(notJudged.length)}</summary>
          <ul>
            {notJudged.map((rule) => (
              <Line key={rule.rule} rule={rule} {...rest} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
