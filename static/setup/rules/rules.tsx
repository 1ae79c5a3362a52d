/** What must be true before work may move, and how strictly. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { RuleRow, RulesOverview } from '../../../src/contract';
import { ruleCalls } from '../../../src/contract/rules';
import { caller } from '../../shared/call';
import { classes } from '../../shared/classes';
import { Live } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { momentToTheMinute } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { WorkItemLink } from '../../shared/work-item-link';
import { Failed, Instead } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { PageHead } from '../ui/page-head';
import { Search } from '../ui/search';
import { Select } from '../ui/select';
import table from '../ui/table.module.css';
import { useReading } from '../ui/use-reading';
import { counted } from '../ui/words';
import { ALL, LEVEL_NAMES, shownRules, typesOf, type RuleFilter } from './list';
import { PauseForm, RemoveForm } from './pause';
import { RuleLine } from './rule-line';

const call = caller(ruleCalls);
const readNow = () => call('rules.overview', {});

const LINES = [{ height: 32, width: '60%' }, ...Array.from({ length: 8 }, () => ({ height: 44, width: '100%' }))];

function Filters({ rules, filter, onChange }: { rules: readonly RuleRow[]; filter: RuleFilter; onChange: (filter: RuleFilter) => void }) {
  const settable = rules.filter((row) => row.settable).length;
  return (
    <div className={layout['row']}>
      <Search label="Rule, step or words" value={filter.query} onChange={(query) => onChange({ ...filter, query })} />
      <Select
        label="Work type"
        value={filter.type}
        options={[{ value: 'all', name: 'All work types' }, ...typesOf(rules).map(({ key, name }) => ({ value: key, name }))]}
        onChange={(type) => onChange({ ...filter, type })}
      />
      <Select
        label="Level"
        value={filter.level}
        options={[
          { value: 'all', name: 'All levels' },
          { value: 'off', name: LEVEL_NAMES.off },
          { value: 'warn', name: LEVEL_NAMES.warn },
          { value: 'enforce', name: LEVEL_NAMES.enforce },
          { value: 'always', name: 'Always' },
        ]}
        onChange={(level) => onChange({ ...filter, level })}
      />
      <Select
        label="Order"
        value={filter.order}
        options={[
          { value: 'rule', name: 'By rule' },
          { value: 'refused', name: 'Refused most' },
        ]}
        onChange={(order) => onChange({ ...filter, order: order === 'refused' ? 'refused' : 'rule' })}
      />
      <span className={classes(layout['end'], layout['small'])}>
        {counted(rules.length, 'rule')}: {rules.length - settable} always, {settable} yours to set. Last 30 days.
      </span>
    </div>
  );
}

const Log = ({ log, now }: { log: RulesOverview['log']; now: number }) =>
  log.length === 0 ? null : (
    <section className={layout['lines']} aria-labelledby="log">
      <h2 id="log" className={layout['subhead']}>
        Changed last
      </h2>
      <ul className={layout['lines']}>
        {log.map(({ text, by, at }, index) => (
          <li key={index} className={layout['small']}>
            {momentToTheMinute(at, now)}, {by}: {text}
          </li>
        ))}
      </ul>
    </section>
  );

/** What moved in the last pause that a rule would have refused. */
const Exceptions = ({ lastPause, now }: { lastPause: NonNullable<RulesOverview['lastPause']>; now: number }) => {
  const { by, from, to, checked, exceptions } = lastPause;
  return (
    <section className={layout['lines']} aria-labelledby="exceptions">
      <h2 id="exceptions" className={layout['subhead']}>
        What moved in the last pause
      </h2>
      <p className={layout['small']}>
        Paused by {by}, {momentToTheMinute(from, now)} to {momentToTheMinute(to, now)}.{' '}
        {checked
          ? exceptions.length === 0
            ? 'No rule would have refused anything.'
            : 'These steps a rule would have refused:'
          : 'What moved is still being checked.'}
      </p>
      {exceptions.length > 0 && (
        <ul className={layout['lines']}>
          {exceptions.map(({ key, rule, step, at }) => (
            <li key={`${key} ${rule} ${String(at)}`}>
              <WorkItemLink itemKey={key}>{key}</WorkItemLink>: {step}, {rule}, {momentToTheMinute(at, now)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

export function Rules() {
  const { answer, trouble, busy, ask, again } = useReading(readNow);
  const [filter, setFilter] = useState(ALL);
  const [asking, setAsking] = useState<'pause' | 'remove'>();
  const [told, setTold] = useState('');
  const now = useNow();
  const working = busy !== undefined;

  const act = async (question: Parameters<typeof ask>[0], name: string, done: string): Promise<boolean> => {
    const well = await ask(question, name);
    if (well) setTold(done);
    return well;
  };

  const line = (row: RuleRow) => (
    <RuleLine
      key={row.rule}
      row={row}
      now={now}
      busy={working}
      onLevel={(level, at) => act(() => call('rules.setLevel', { rule: row.rule, level, at }), 'level', `${row.rule} is changed.`)}
    />
  );

  const body = () => {
    if (!answer)
      return trouble ? (
        <Instead trouble={trouble} subject="The rules" later="The rules of USM stand on the workflows that setup makes." retry={again} />
      ) : (
        <Skeleton subject="the rules" lines={LINES} />
      );
    const { rules, paused, inJira, removed, lastPause, log } = answer;
    const { settable, always } = shownRules(rules, filter);
    const shown = settable.length + always.length;
    return (
      <>
        {trouble && <Failed trouble={trouble} title="Nothing was changed" />}
        {paused && (
          <Message tone="warning" title={`Rules are paused until ${momentToTheMinute(paused.until, now)}`}>
            <span>
              Work can move without checks. {paused.by}: “{paused.reason}”. What moves now is checked afterwards.
            </span>
            <Button
              spacing="compact"
              isLoading={busy === 'resume'}
              isDisabled={working}
              onClick={() => void act(() => call('rules.resume', {}), 'resume', 'The rules hold again.')}
            >
              Resume all rules
            </Button>
          </Message>
        )}
        {inJira.rules === 0 ? (
          <Message tone="warning" title="No USM rule stands in Jira’s workflows">
            <span>
              {removed && `${removed.by} took them off, ${momentToTheMinute(removed.at, now)}. `}Work moves as Jira alone allows. Drift names what is
              missing.
            </span>
          </Message>
        ) : (
          inJira.disabled > 0 && (
            <Message
              tone="warning"
              title={`${counted(inJira.disabled, 'rule')} of ${String(inJira.rules)} in Jira’s workflows ${inJira.disabled === 1 ? 'is' : 'are'} off`}
            >
              <span>Drift names them and puts them back.</span>
            </Message>
          )
        )}
        {asking === 'pause' && (
          <PauseForm
            busy={busy === 'pause'}
            onPause={(reason, hours) => act(() => call('rules.pause', { reason, hours }), 'pause', 'All rules are paused.')}
            onEnd={() => setAsking(undefined)}
          />
        )}
        {asking === 'remove' && (
          <RemoveForm
            inJira={inJira}
            busy={busy === 'remove'}
            onRemove={() => act(() => call('rules.remove', {}), 'remove', 'The rules are removed.')}
            onEnd={() => setAsking(undefined)}
          />
        )}
        <Filters rules={rules} filter={filter} onChange={setFilter} />
        {shown === 0 ? (
          <div className={layout['empty']}>
            <h2>No rule fits</h2>
            <p>Searched code, words and steps of {rules.length} rules.</p>
            <div>
              <Button onClick={() => setFilter(ALL)}>Show all</Button>
            </div>
          </div>
        ) : (
          <div className={table['scroll']}>
            <table className={table['table']}>
              <thead>
                <tr>
                  <th scope="col">Rule</th>
                  <th scope="col">What it asks, and why</th>
                  <th scope="col">Where</th>
                  <th scope="col">Level</th>
                  <th scope="col" className={table['number']}>
                    Refused
                  </th>
                  <th scope="col" className={table['number']}>
                    Let through
                  </th>
                </tr>
              </thead>
              {settable.length > 0 && (
                <tbody>
                  <tr>
                    <th scope="colgroup" colSpan={6} className={table['section']}>
                      Yours to set
                    </th>
                  </tr>
                  {settable.map(line)}
                </tbody>
              )}
              {always.length > 0 && (
                <tbody>
                  <tr>
                    <th scope="colgroup" colSpan={6} className={table['section']}>
                      Always, while the rules are on
                    </th>
                  </tr>
                  {always.map(line)}
                </tbody>
              )}
            </table>
          </div>
        )}
        <div className={layout['row']}>
          <span className={layout['small']}>
            Showing {shown} of {rules.length}. {counted(inJira.rules, 'USM rule')} in Jira’s workflows
            {inJira.behind !== undefined && inJira.behind > 0 && `, ${String(inJira.behind)} of them follow within five minutes`}.
          </span>
          <span className={layout['end']}>
            <Button appearance="subtle" isDisabled={working || inJira.rules === 0} onClick={() => setAsking('remove')}>
              Remove rules
            </Button>
          </span>
        </div>
        {lastPause && <Exceptions lastPause={lastPause} now={now} />}
        <Log log={log} now={now} />
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Rules" text="What must be true before work may move, and how strictly.">
        {answer && !answer.paused && (
          <Button iconBefore={() => <Icon name="pause" />} isDisabled={working} onClick={() => setAsking('pause')}>
            Pause all rules
          </Button>
        )}
      </PageHead>
      <Live>{told}</Live>
      {body()}
    </div>
  );
}
