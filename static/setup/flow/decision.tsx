/** One name that the site has already: what it is, and what may be done about it. Never by editing what is not ours. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Choice, PlanNode } from '../../../src/contract';
import { classes } from '../../shared/classes';
import { Mark } from '../../shared/mark';
import layout from '../ui/layout.module.css';
import { Option } from '../ui/option';
import { KIND_NAMES } from './plan';
import styles from './plan-stage.module.css';

interface DecisionProps {
  node: PlanNode;
  planning: boolean;
  onDecide: (choice: Choice) => void;
}

export function Decision({ node, planning, onDecide }: DecisionProps) {
  const { choices = [], chosen, action } = node;
  const [picked, setPicked] = useState(chosen ?? choices[0]?.value);
  const kind = KIND_NAMES[node.kind];
  const open = action === 'conflict';
  return (
    <section className={classes(layout['card'], open && styles['conflict'])} aria-label={`Decide on ${kind} ${node.name}`}>
      <h2>
        <Mark kind={open ? 'unmet' : 'met'} name={open ? 'Conflict' : 'Decided'} />
        {kind.charAt(0).toUpperCase()}
        {kind.slice(1)} “{node.name}”
      </h2>
      {node.detail !== undefined && <p>{node.detail}</p>}
      <div role="radiogroup" aria-label="What to do" className={styles['choices']}>
        {choices.map(({ value, text }, index) => (
          <Option
            key={value}
            type="radio"
            name={`choice-${node.id}`}
            title={text}
            text={index === 0 ? 'Recommended.' : undefined}
            checked={picked === value}
            onChange={() => setPicked(value)}
          />
        ))}
      </div>
      <div>
        <Button
          appearance={open ? 'primary' : 'default'}
          spacing="compact"
          isLoading={planning}
          isDisabled={picked === undefined || picked === chosen}
          onClick={() => picked !== undefined && onDecide(picked)}
        >
          Use this
        </Button>
      </div>
      <p>{open ? 'Or change yours in Jira first, then make the plan again.' : 'Another choice makes the plan anew.'}</p>
    </section>
  );
}
