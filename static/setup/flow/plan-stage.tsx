/** The contract: what will be created, what is used as it is, what is in the way. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Choice, SetupPlan, Trouble } from '../../../src/contract';
import { Icon } from '../../shared/icons';
import { moment } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { Confirm } from '../ui/confirm';
import { Failed } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { saveFile } from '../ui/save-file';
import { Search } from '../ui/search';
import { Segments } from '../ui/segments';
import { Decision } from './decision';
import { ACTION_KEYS, ACTIONS, consequence, decisions, hindrance, objects, planCsv, rowsOf, type Filter } from './plan';
import { PlanTree } from './plan-tree';
import styles from './plan-stage.module.css';
import { keysOf, spacesOf } from './start';

interface PlanStageProps {
  plan: SetupPlan;
  selected: string | undefined;
  planning: boolean;
  trouble: Trouble | undefined;
  onSelect: (id: string) => void;
  onDecide: (choices: Record<string, Choice>) => void;
  onBack: () => void;
  onApply: () => void;
}

const Figures = ({ plan: { counts, requests, seconds } }: { plan: SetupPlan }) => (
  <dl className={styles['figures']}>
    <div>
      <dt>Create</dt>
      <dd>{counts.create}</dd>
    </div>
    {counts.change > 0 && (
      <div>
        <dt>Change</dt>
        <dd>
          {counts.change} <small>completed</small>
        </dd>
      </div>
    )}
    <div>
      <dt>Reuse</dt>
      <dd>
        {counts.reuse} <small>untouched</small>
      </dd>
    </div>
    <div>
      <dt>Conflict</dt>
      <dd className={counts.conflict > 0 ? styles['danger'] : undefined}>
        {counts.conflict} <small>{counts.conflict > 0 ? 'to decide' : 'none in the way'}</small>
      </dd>
    </div>
    <div>
      <dt>Requests</dt>
      <dd>
        {requests} <small>about {seconds} s</small>
      </dd>
    </div>
    <div>
      <dt>Left by uninstall</dt>
      <dd>
        {counts.create} <small>yours to keep</small>
      </dd>
    </div>
  </dl>
);

const List = ({ title, items }: { title: string; items: readonly string[] }) =>
  items.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      {items.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </>
  );

function Tree({ plan, selected, onSelect }: Pick<PlanStageProps, 'plan' | 'selected' | 'onSelect'>) {
  const [filter, setFilter] = useState<Filter>({ query: '', only: 'all' });
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const rows = rowsOf(plan.nodes, filter, turned);
  const turn = (id: string): void => setTurned((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const change = (part: Partial<Filter>): void => {
    setTurned(new Set());
    setFilter((before) => ({ ...before, ...part }));
  };
  /** What opens by itself is turned around, and nothing else. */
  const collapse = (): void =>
    setTurned(new Set(rowsOf(plan.nodes, filter, new Set()).flatMap((row) => (row.level === 1 && row.open === true ? [row.id] : []))));
  return (
    <div className={layout['main']}>
      <div className={layout['row']}>
        <Search label="Find an object" value={filter.query} onChange={(query) => change({ query })} />
        <Segments
          label="Objects to show"
          segments={[{ value: 'all' as const, name: 'All' }, ...ACTION_KEYS.map((value) => ({ value, name: ACTIONS[value].name }))]}
          value={filter.only}
          onChange={(only) => change({ only })}
        />
        <span className={layout['end']}>
          <Button
            spacing="compact"
            iconBefore={() => <Icon name="download" />}
            onClick={() => saveFile(`usm-plan-${plan.hash.slice(0, 9)}.csv`, planCsv(plan), 'text/csv')}
          >
            Export
          </Button>
          <Button spacing="compact" appearance="subtle" onClick={collapse}>
            Collapse all
          </Button>
        </span>
      </div>
      {rows.length === 0 ? (
        <p className={styles['none']}>Nothing in the plan fits. {plan.nodes.length} objects are hidden by the search or the filter.</p>
      ) : (
        <PlanTree rows={rows} selected={selected} onTurn={turn} onSelect={onSelect} />
      )}
    </div>
  );
}

export function PlanStage({ plan, selected, planning, trouble, onSelect, onDecide, onBack, onApply }: PlanStageProps) {
  const [asking, setAsking] = useState(false);
  const now = useNow();
  const hindered = hindrance(plan);
  const open = decisions(plan.nodes);
  const decision = open.find(({ id }) => id === selected) ?? open.find(({ action }) => action === 'conflict');
  const stuck = plan.nodes.filter((node) => node.action === 'conflict' && node.choices === undefined);
  return (
    <>
      {trouble && <Failed trouble={trouble} title="The plan was not made again" />}
      <Figures plan={plan} />
      <div className={layout['columns']}>
        <Tree key={plan.hash} plan={plan} selected={decision?.id} onSelect={onSelect} />
        <aside className={layout['side']} aria-label="Decisions and consequences">
          {decision && (
            <Decision
              key={`${plan.hash} ${decision.id}`}
              node={decision}
              planning={planning}
              onDecide={(choice) => onDecide({ [decision.id]: choice })}
            />
          )}
          {stuck.length > 0 && (
            <section className={`${layout['card'] ?? ''} ${styles['conflict'] ?? ''}`}>
              <h2>To be mended in Jira</h2>
              {stuck.map(({ id, name, detail }) => (
                <p key={id}>
                  <strong>{name}</strong> {detail}
                </p>
              ))}
              <p>What is yours is never edited. Change it in Jira, then make the plan again.</p>
            </section>
          )}
          <section className={layout['card']}>
            <h2>{spacesOf(plan.target)}</h2>
            <p>
              Applying writes what is marked Create or Change, and nothing else.{' '}
              {plan.target.begin === 'warn' ? 'The rules you can set begin as warnings.' : 'Every rule holds from the start.'}
            </p>
            <List title="It needs these permissions" items={plan.permissions} />
          </section>
          <section className={layout['card']}>
            <h2>If you uninstall later</h2>
            <List title="Stays in your site" items={plan.leaves.stays} />
            <List title="Goes" items={plan.leaves.goes} />
          </section>
          <p className={layout['small']}>
            Plan <code>{plan.hash.slice(0, 9)}</code>, made at {moment(plan.madeAt, now)}. If the site changes before you apply, the plan is refused
            and made again.
          </p>
        </aside>
      </div>
      {asking ? (
        <Confirm
          title={`Apply the plan for ${keysOf(plan.target).join(', ')}?`}
          action={plan.counts.create > 0 ? `Create ${objects(plan.counts.create)}` : 'Apply plan'}
          keep="Keep reading"
          onKeep={() => setAsking(false)}
          onConfirm={onApply}
        >
          <p>
            {consequence(plan)}{' '}
            {plan.counts.reuse > 0 && `${objects(plan.counts.reuse)} ${plan.counts.reuse === 1 ? 'is' : 'are'} used as they are. `}
            It takes about {plan.seconds} s, and you can stop and undo it at any moment.
          </p>
        </Confirm>
      ) : (
        <footer className={layout['foot']}>
          <Button appearance="subtle" onClick={onBack}>
            Back
          </Button>
          <p id="consequence">{hindered ?? consequence(plan)}</p>
          <Button
            appearance="primary"
            isDisabled={hindered !== undefined}
            isLoading={planning}
            aria-describedby="consequence"
            onClick={() => setAsking(true)}
          >
            Apply plan
          </Button>
        </footer>
      )}
    </>
  );
}
