/** What this work item has to do with a group: under whom it stands, who follows it, and bringing them along once it is confirmed. */
import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { GroupView, ProcessPanel } from '../../src/contract';
import { Field } from '../shared/field';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import { Message } from '../shared/message';
import { statusName, statusTone } from '../shared/status';
import { WorkItemLink } from '../shared/work-item-link';
import styles from './group.module.css';
import { useGroup, type GroupActs } from './use-group';

type Member = GroupView['members'][number];

const WORDS: Record<Member['state'], string> = { waits: 'follows', going: 'being brought along', done: 'done', left: 'not brought along' };

const Line = ({ member }: { member: Member }) => (
  <li>
    <div className={styles['line']}>
      <span className={styles['title']} title={member.summary}>
        <WorkItemLink itemKey={member.key}>
          {member.key} {member.summary}
        </WorkItemLink>
      </span>
      {member.status && <Lozenge tone={statusTone(member.status)}>{statusName(member.status)}</Lozenge>}
      <span className={styles['words']}>{WORDS[member.state]}</span>
    </div>
    {member.why !== undefined && (
      <p className={styles['why']}>
        <Mark kind="later" />
        {member.why}
      </p>
    )}
  </li>
);

/** More are folded, so that a mass failure does not hide the panel; what could not go along comes first. */
const SHOWN = 5;

function Members({ members }: { members: readonly Member[] }) {
  const [open, setOpen] = useState(false);
  const sorted = [...members].sort((one, other) => Number(other.state === 'left') - Number(one.state === 'left'));
  const shown = open ? sorted : sorted.slice(0, SHOWN);
  return (
    <ul className={styles['members']}>
      {shown.map((member) => (
        <Line key={member.key} member={member} />
      ))}
      {sorted.length > shown.length && (
        <li>
          <button type="button" className={styles['more']} onClick={() => setOpen(true)}>
            {sorted.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Bring({ group, acts }: { group: GroupView; acts: GroupActs }) {
  const id = useId();
  const [message, setMessage] = useState(group.bring?.message ?? '');
  const number = group.members.filter((one) => one.state === 'waits' || one.state === 'left').length;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (message.trim().length >= 3) acts.bring(message);
      }}
    >
      <Field
        label="Tell everybody who called"
        id={id}
        hint="Written into each of them as a comment and, where nothing was done yet, as what was done."
      >
        {(aria) => <textarea {...aria} rows={3} maxLength={4000} value={message} onChange={(event) => setMessage(event.target.value)} />}
      </Field>
      <div>
        <Button type="submit" appearance="primary" isLoading={acts.busy === 'bring'} isDisabled={message.trim().length < 3}>
          Bring along {String(number)}
        </Button>
      </div>
    </form>
  );
}

function Under({ under, acts }: { under: NonNullable<GroupView['under']>; acts: GroupActs }) {
  return (
    <Message tone="information" title={`Grouped under ${under.key}`}>
      <span className={styles['title']}>
        <WorkItemLink itemKey={under.key}>{under.summary}</WorkItemLink>
      </span>
      <span>The work is done there. When that is confirmed, this one can be brought along; it needs no hand-over of its own.</span>
      <Button spacing="compact" isLoading={acts.busy === 'ungroup'} onClick={acts.ungroup}>
        Ungroup from {under.key}
      </Button>
    </Message>
  );
}

/** Choosing the main one: from open work of the same service, or by its key. */
function Choose({ acts }: { acts: GroupActs }) {
  const id = useId();
  const [main, setMain] = useState('');
  const key = main.trim().toUpperCase();
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (key !== '') acts.group(key);
      }}
    >
      <Field label="Group under" id={id} hint="The key of the work item in which the work is done, or one of the open ones of this service.">
        {(aria) => (
          <>
            <input {...aria} list={`${id}-open`} autoComplete="off" value={main} onChange={(event) => setMain(event.target.value)} />
            <datalist id={`${id}-open`}>
              {(acts.candidates ?? []).map((one) => (
                <option key={one.key} value={one.key}>
                  {one.summary}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <div className={styles['buttons']}>
        <Button type="submit" isLoading={acts.busy === 'group'} isDisabled={key === ''}>
          Group work item
        </Button>
        <Button appearance="subtle" onClick={acts.close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const ended = ({ status }: ProcessPanel): boolean => status === 'fulfilled' || status === 'closed' || status === 'cancelled';

export function Group({ panel, onPanel }: { panel: ProcessPanel; onPanel: (panel: ProcessPanel) => void }) {
  const acts = useGroup(onPanel);
  const { group } = panel;
  const mayGroup = !ended(panel) && !group?.under && (group?.members.length ?? 0) === 0;
  return (
    <section className={styles['group']} aria-label="Group">
      {acts.problem !== undefined && (
        <Message alert tone="danger" title="Nothing was changed">
          {acts.problem}
        </Message>
      )}
      {group?.under && !ended(panel) && <Under under={group.under} acts={acts} />}
      {group && group.members.length > 0 && (
        <>
          <h2>
            Grouped under this
            <span>counts once for the service, {group.members.length + 1} times for those who called</span>
          </h2>
          <Members members={group.members} />
          {group.bring && <Bring group={group} acts={acts} />}
        </>
      )}
      {group?.forbidden.map(({ key, why }) => (
        <p key={key} className={styles['why']}>
          <Mark kind="later" />
          <span>
            The group link to {key} does not count. {why}
          </span>
        </p>
      ))}
      {mayGroup &&
        (acts.choosing ? (
          <Choose acts={acts} />
        ) : (
          <div>
            <Button appearance="subtle" spacing="compact" onClick={acts.open}>
              Group under another work item
            </Button>
          </div>
        ))}
    </section>
  );
}
