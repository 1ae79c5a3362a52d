/** What is to change, before and after, and whether the register says so yet. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { ChangingInWork, WorkRegister } from '../../src/contract';
import { Field } from '../shared/field';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import { WorkItemLink } from '../shared/work-item-link';
import { ItemLink } from './item-link';
import { About, Count, FindItem, Remove } from './items';
import styles from './panel.module.css';
import { NewItem, PlanItem } from './plan';
import type { Acts } from './use-register';

function stateOf({ outcome, why, role, item }: ChangingInWork): { kind: 'met' | 'open'; text: string } {
  if (outcome === 'noChange') return { kind: 'met', text: `no change after all: ${why ?? ''}` };
  return outcome === 'updated' || (role === 'toAdd' && item) ? { kind: 'met', text: 'in the register' } : { kind: 'open', text: 'not yet' };
}

const Changes = ({ one }: { one: ChangingInWork }) => (
  <ul className={styles['changes']}>
    {one.comes && (
      <li>
        New: {one.comes.name}, {one.comes.class}
      </li>
    )}
    {one.changes.map(({ attribute, label, from, to, now }) => (
      <li key={attribute}>
        {label}: {from ?? 'nothing'} <span className={styles['soft']}>to</span> {to ?? 'nothing'}
        {now !== undefined && (
          <span className={styles['warning']}>
            <Mark kind="later" /> The register says {now} meanwhile.
          </span>
        )}
      </li>
    ))}
  </ul>
);

function WhyNot({ one, act, busy, onDone }: { one: ChangingInWork; onDone: () => void } & Acts) {
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const name = `noChange:${one.key}`;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (why.trim() === '') return;
    if (await act('register.confirm', name, { role: one.role, key: one.key, outcome: 'noChange', why: why.trim() })) onDone();
  };
  return (
    <form className={styles['form']} aria-label={`Why nothing of ${one.key} changed`} noValidate onSubmit={(event) => void submit(event)}>
      <Field
        label="Why nothing changed"
        id={`why-${one.key}`}
        problem={tried && why.trim() === '' ? 'Say why nothing changed after all.' : undefined}
      >
        {(aria) => <input {...aria} type="text" maxLength={1_000} value={why} onChange={(event) => setWhy(event.target.value)} />}
      </Field>
      <div className={styles['row']}>
        <Button type="submit" appearance="primary" spacing="compact" isLoading={busy === name}>
          Record no change
        </Button>
        <Button appearance="subtle" spacing="compact" onClick={onDone}>
          Leave as it is
        </Button>
      </div>
    </form>
  );
}

interface RowActsProps extends Acts {
  one: ChangingInWork;
  panel: WorkRegister;
  /** Something of it can be planned. */
  plans: boolean;
  setOpen: (open: 'plan' | 'why') => void;
}

function RowActs({ one, panel: { may }, plans, setOpen, ...acts }: RowActsProps) {
  const { key, role, version } = one;
  const update = (): void =>
    void acts.act('register.confirm', `updated:${key}`, { role, key, outcome: 'updated', ...(version !== undefined && { version }) });
  return (
    <div className={styles['row']}>
      {may.confirm && (
        <>
          <Button spacing="compact" isLoading={acts.busy === `updated:${key}`} aria-label={`Update register, ${key}`} onClick={update}>
            Update register
          </Button>
          <Button appearance="subtle" spacing="compact" aria-label={`No change after all, ${key}`} onClick={() => setOpen('why')}>
            No change after all
          </Button>
        </>
      )}
      {may.plan && role === 'toChange' && plans && (
        <Button appearance="subtle" spacing="compact" aria-label={`Plan changes, ${key}`} onClick={() => setOpen('plan')}>
          Plan changes
        </Button>
      )}
      {may.name && <Remove {...acts} {...{ one, role }} />}
    </div>
  );
}

function Row({ one, panel, ...acts }: { one: ChangingInWork; panel: WorkRegister } & Acts) {
  const [open, setOpen] = useState<'plan' | 'why'>();
  const { kind, text } = stateOf(one);
  const attributes = (one.item && panel.attributes[one.item.class]) ?? [];
  const { key, role } = one;
  return (
    <li>
      <div className={styles['line']}>
        <span className={styles['name']}>
          {one.item ? <ItemLink item={one.item.key}>{key}</ItemLink> : <b>{key}</b>} {one.item?.name ?? (role === 'toAdd' ? 'new' : '')}
        </span>
        {panel.type === 'rfc' || panel.of ? (
          <span className={styles['state']}>
            <Mark kind={kind} /> {text}
          </span>
        ) : (
          <span className={styles['soft']}>no change is asked for yet</span>
        )}
      </div>
      <Changes one={one} />
      <About one={one} of={panel.of?.key ?? panel.key} isNew={role === 'toAdd'} />
      {open === 'plan' && <PlanItem {...acts} {...{ one, attributes }} onDone={() => setOpen(undefined)} />}
      {open === 'why' && <WhyNot {...acts} one={one} onDone={() => setOpen(undefined)} />}
      {open === undefined && panel.of === undefined && kind === 'open' && (
        <RowActs {...acts} {...{ one, panel }} plans={attributes.length > 0} setOpen={setOpen} />
      )}
    </li>
  );
}

const openWords = (open: number): string => (open === 1 ? '1 update open' : `${String(open)} updates open`);

/** Work types that have no items to change of their own. */
const WITHOUT = ['wish', 'complaint'];

export function Changing({ panel, ...acts }: { panel: WorkRegister } & Acts) {
  const [adding, setAdding] = useState<'toChange' | 'toAdd'>();
  const { changing, of, open, may, type } = panel;
  const mayAdd = may.name && of === undefined && panel.begun && !WITHOUT.includes(type) && adding === undefined;
  return (
    <section className={styles['part']} aria-labelledby="changing">
      <div className={styles['head']}>
        <h2 id="changing">
          To be changed{' '}
          {of && (
            <>
              by <WorkItemLink itemKey={of.key}>{of.key}</WorkItemLink>{' '}
            </>
          )}
          <Count of={changing.length} />
        </h2>
        {open > 0 && (type === 'rfc' || of) && <Lozenge tone="warning">{openWords(open)}</Lozenge>}
      </div>
      {changing.length === 0 && (
        <p className={styles['soft']}>{WITHOUT.includes(type) ? 'What changes is named on the change itself.' : 'Nothing registered changes.'}</p>
      )}
      <ul className={styles['items']}>
        {changing.map((one) => (
          <Row key={`${one.role} ${one.key}`} {...acts} {...{ one, panel }} />
        ))}
      </ul>
      {adding === 'toChange' && (
        <FindItem
          label="Item to change"
          onCancel={() => setAdding(undefined)}
          onPick={(key) => {
            setAdding(undefined);
            void acts.act('register.name', `add:${key}`, { role: 'toChange', key, named: true });
          }}
        />
      )}
      {adding === 'toAdd' && <NewItem {...acts} classes={panel.classes} onDone={() => setAdding(undefined)} />}
      {mayAdd && (
        <div className={styles['row']}>
          <Button appearance="subtle" spacing="compact" onClick={() => setAdding('toChange')}>
            Add item to change
          </Button>
          {may.plan && (
            <Button appearance="subtle" spacing="compact" onClick={() => setAdding('toAdd')}>
              Add new item
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
