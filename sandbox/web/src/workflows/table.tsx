import type { Workflow } from './schemas';
import { ORIGIN } from './side';
import type { Selection } from './selection';
import { summaryOf, type Lexicon } from './words';
import styles from './workflows.module.css';

interface TableProps {
  workflow: Workflow;
  lexicon: Lexicon;
  selection: Selection;
  chosen: ReadonlySet<string>;
  onSelect: (selection: Selection) => void;
}

/** The picture's content as a table. */
export function StepTable({ workflow, lexicon, selection, chosen, onSelect }: TableProps) {
  const name = (id: string): string => lexicon.statuses.get(id) ?? id;
  return (
    <div className={styles['tableFrame']}>
      <table className={styles['table']} aria-label={`Transitions of ${workflow.name}`}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Transition</th>
            <th scope="col">To</th>
            <th scope="col">Rules</th>
          </tr>
        </thead>
        <tbody>
          {workflow.transitions.map((step) => (
            <tr key={step.id} data-chosen={chosen.has(step.id)}>
              <td>{ORIGIN[step.type] || step.links.map((link) => name(link.fromStatusReference)).join(', ')}</td>
              <th scope="row">
                <button
                  type="button"
                  className={styles['textButton']}
                  aria-pressed={selection?.kind === 'transition' && selection.id === step.id}
                  onClick={() => onSelect({ kind: 'transition', id: step.id })}
                >
                  {step.name}
                </button>
              </th>
              <td>{step.toStatusReference ? name(step.toStatusReference) : 'Stays'}</td>
              <td>
                {summaryOf(step, lexicon).map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
