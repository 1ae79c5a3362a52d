/** The contract: what will be created, what is used as it is, what is in the way. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { SetupPlan } from '../../src/contract';
import { Message } from '../shared/message';
import layout from './layout.module.css';
import { ACTION_KEYS, ACTIONS, groupPlan, hindrance, objects, siteObjects, type Action } from './plan';
import { PlanTree } from './plan-tree';
import styles from './plan-view.module.css';

interface PlanViewProps {
  plan: SetupPlan;
  onBack: () => void;
  onApply: () => void;
}

const Figures = ({ plan: { counts, requests } }: { plan: SetupPlan }) => (
  <dl className={styles['figures']}>
    <div>
      <dt>Create</dt>
      <dd>{counts.create}</dd>
    </div>
    <div>
      <dt>Reuse</dt>
      <dd>
        {counts.reuse} <small>untouched</small>
      </dd>
    </div>
    <div>
      <dt>Conflict</dt>
      <dd className={counts.conflict > 0 ? styles['danger'] : undefined}>
        {counts.conflict} <small>{counts.conflict > 0 ? 'see below' : 'nothing in the way'}</small>
      </dd>
    </div>
    <div>
      <dt>Requests to Jira</dt>
      <dd>
        {requests} <small>at most</small>
      </dd>
    </div>
  </dl>
);

const Conflicts = ({ plan }: { plan: SetupPlan }) =>
  plan.counts.conflict === 0 ? null : (
    <Message tone="danger" title={hindrance(plan) ?? ''}>
      <ul className={styles['conflicts']}>
        {plan.nodes
          .filter((node) => node.action === 'conflict')
          .map((node) => (
            <li key={node.id}>
              <strong>{node.name}</strong> {node.detail}
            </li>
          ))}
      </ul>
      <span>What is yours is never edited. Change it in Jira, then make a new plan.</span>
    </Message>
  );

export function PlanView({ plan: whole, onBack, onApply }: PlanViewProps) {
  const plan = siteObjects(whole);
  const [only, setOnly] = useState<Action>();
  const hindered = hindrance(plan);
  const nothing = plan.counts.create === 0;
  return (
    <>
      <Figures plan={plan} />
      <div className={layout['columns']}>
        <div className={layout['main']}>
          <fieldset className={styles['filter']}>
            <legend>Show</legend>
            {[undefined, ...ACTION_KEYS].map((action) => (
              <label key={action ?? 'all'}>
                <input type="radio" name="only" checked={only === action} onChange={() => setOnly(action)} />
                <span>{action === undefined ? 'All' : ACTIONS[action].name}</span>
              </label>
            ))}
          </fieldset>
          <PlanTree groups={groupPlan(plan.nodes, only)} />
        </div>
        <aside className={layout['side']}>
          <Conflicts plan={plan} />
          <section className={layout['card']}>
            <h2>
              Space {plan.target.projectName}, {plan.target.projectKey}
            </h2>
            <p>Applying writes what is marked Create, and nothing else. What is marked Reuse stays as it is.</p>
            <h3>If you uninstall later</h3>
            <p>
              Work items, field values, work types, statuses and the space stay in your site; the panels go. Jira blocks every step whose rule has
              lost its app, so take the rules off the workflows before you uninstall.
            </p>
          </section>
          <p className={layout['small']}>
            Plan <code>{plan.hash.slice(0, 9)}</code>. If the site changes before you apply, the plan is refused and made again.
          </p>
        </aside>
      </div>
      <footer className={layout['foot']}>
        <Button appearance="subtle" onClick={onBack}>
          Back
        </Button>
        <p id="consequence">
          {hindered ?? (nothing ? 'Everything exists already; applying only checks it.' : `Creates ${objects(plan.counts.create)} in this site.`)}
        </p>
        <Button appearance="primary" isDisabled={hindered !== undefined} aria-describedby="consequence" onClick={onApply}>
          Apply plan
        </Button>
      </footer>
    </>
  );
}
