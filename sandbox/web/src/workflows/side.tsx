import { StatusLozenge } from '../ui/status-lozenge';
import { AddRule, RuleSections, type Editing } from './rules';
import type { Workflow, WorkflowStatus, WorkflowStep } from './schemas';
import type { Selection } from './selection';
import { sectionsOf, type Lexicon } from './words';
import styles from './workflows.module.css';

interface SideProps {
  workflow: Workflow;
  statuses: WorkflowStatus[];
  lexicon: Lexicon;
  selection: Selection;
  /** Absent where the workflow cannot be changed. */
  editing: Editing | undefined;
  onSelect: (selection: Selection) => void;
}

/** Where a transition can be taken, where it is not by statuses. */
export const ORIGIN = { INITIAL: 'Start', GLOBAL: 'Any status', DIRECTED: '' } as const;

type StepProps = Pick<SideProps, 'statuses' | 'lexicon' | 'editing'> & { step: WorkflowStep };

function Step({ step, statuses, lexicon, editing }: StepProps) {
  const status = (id: string | undefined): WorkflowStatus | undefined => statuses.find((one) => one.id === id);
  const target = status(step.toStatusReference);
  return (
    <>
      <h2 className={styles['sideTitle']}>{step.name}</h2>
      <p className={styles['way']}>
        {ORIGIN[step.type] || step.links.map(({ fromStatusReference: id }) => <StatusLozenge key={id} status={status(id) ?? unknown(id)} />)}
        <span aria-label="to">→</span>
        {target ? <StatusLozenge status={target} /> : 'stays'}
      </p>
      {step.description && <p>{step.description}</p>}
      {sectionsOf(step).length === 0 && <p className={styles['quiet']}>No rules: whoever may move work items may take it.</p>}
      <RuleSections step={step} lexicon={lexicon} editing={editing} />
      {editing && <AddRule editing={editing} step={step} rules={lexicon.capabilities.forgeRules} />}
    </>
  );
}

const unknown = (id: string): WorkflowStatus => ({ id, name: id, statusCategory: { key: 'new' } });

function StepList({ title, steps, onSelect }: { title: string; steps: WorkflowStep[]; onSelect: SideProps['onSelect'] }) {
  return (
    <section aria-label={title}>
      <h3 className={styles['sideHeading']}>{title}</h3>
      {steps.length === 0 && <p className={styles['quiet']}>None</p>}
      <ul className={styles['rules']}>
        {steps.map((step) => (
          <li key={step.id}>
            <button type="button" className={styles['textButton']} onClick={() => onSelect({ kind: 'transition', id: step.id })}>
              {step.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is selected, in words. */
export function Side({ workflow, statuses, lexicon, selection, editing, onSelect }: SideProps) {
  const { transitions } = workflow;
  const step = selection?.kind === 'transition' ? transitions.find(({ id }) => id === selection.id) : undefined;
  const status = selection?.kind === 'status' ? statuses.find(({ id }) => id === selection.id) : undefined;
  return (
    <aside className={styles['side']} aria-label="Selected" aria-live="polite" tabIndex={0}>
      {step && <Step key={step.id} step={step} statuses={statuses} lexicon={lexicon} editing={editing} />}
      {status && (
        <>
          <h2 className={styles['sideTitle']}>
            <StatusLozenge status={status} />
          </h2>
          <StepList
            title="Leads away"
            steps={transitions.filter((one) => one.type === 'GLOBAL' || one.links.some((link) => link.fromStatusReference === status.id))}
            onSelect={onSelect}
          />
          <StepList title="Leads here" steps={transitions.filter((one) => one.toStatusReference === status.id)} onSelect={onSelect} />
        </>
      )}
      {!step && !status && (
        <>
          <h2 className={styles['sideTitle']}>Nothing selected</h2>
          <p className={styles['quiet']}>Choose a transition to read its rules, or a status to see what leads there and away.</p>
        </>
      )}
    </aside>
  );
}
