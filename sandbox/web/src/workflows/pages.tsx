/** Administration: the workflows of the site, and one of them as a picture, as a table and in words. */
import { useMemo, useState } from 'react';
import Button from '@atlaskit/button/new';
import { api, ApiError, refusal } from '../api';
import { Link } from '../router';
import { EmptyState } from '../ui/empty-state';
import { Moment } from '../ui/moment';
import { useLive } from '../use-live';
import shared from '../pages/pages.module.css';
import * as site from './api';
import { diagramOf } from './diagram';
import { Picture } from './picture';
import type { Editing } from './rules';
import { chosenTransitions, type Selection } from './selection';
import { Side } from './side';
import { StepTable } from './table';
import styles from './workflows.module.css';

function Refused({ error }: { error: Error }) {
  const denied = error instanceof ApiError && [401, 403].includes(error.status);
  return <EmptyState title={denied ? 'Workflows are for administrators' : 'The workflows did not load'} text={refusal(error).messages.join(' ')} />;
}

export function WorkflowList() {
  const found = useLive('workflows', site.workflows);
  if (found.error && !found.data) return <Refused error={found.error} />;
  if (!found.data) return <div className={shared['loading']} aria-busy="true" />;
  return (
    <div className={shared['page']}>
      <p className={shared['crumbs']}>
        <Link href="/jira/settings">Administration</Link>
      </p>
      <h1 className={shared['title']}>Workflows</h1>
      <div className={styles['tableFrame']}>
        <table className={styles['table']} aria-label="Workflows">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Statuses</th>
              <th scope="col">Transitions</th>
              <th scope="col">Version</th>
              <th scope="col">Updated</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link href={`/jira/settings/workflows/${one.id}`}>{one.name}</Link>
                  {one.description && <p className={styles['quiet']}>{one.description}</p>}
                </th>
                <td>{one.statuses.length}</td>
                <td>{one.transitions.length}</td>
                <td>{one.version.versionNumber}</td>
                <td>{one.updated && <Moment at={one.updated} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export function WorkflowPage({ id }: { id: string }) {
  const found = useLive(`workflow:${id}`, () => site.workflow(id));
  const modules = useLive('workflow-modules', () => api.modules('workflow'));
  const [selection, setSelection] = useState<Selection>();
  const [fit, setFit] = useState(true);
  const diagram = useMemo(() => found.data && diagramOf(found.data.workflow, found.data.statuses), [found.data]);
  if (found.error && !found.data) return <Refused error={found.error} />;
  if (!found.data || !diagram) return <div className={shared['loading']} aria-busy="true" />;
  const { workflow, statuses, lexicon } = found.data;
  const chosen = chosenTransitions(selection, workflow);
  const editing: Editing | undefined = workflow.isEditable
    ? {
        workflowId: workflow.id,
        modules: modules.data ?? [],
        // Read anew after a refusal too: that of an older version is cured by it.
        save: async (step) => {
          try {
            await site.saveStep(workflow, statuses, step);
          } finally {
            await found.reload();
          }
        },
      }
    : undefined;
  return (
    <div className={shared['page']}>
      <p className={shared['crumbs']}>
        <Link href="/jira/settings">Administration</Link> / <Link href="/jira/settings/workflows">Workflows</Link>
      </p>
      <div className={styles['head']}>
        <div>
          <h1 className={styles['title']}>{workflow.name}</h1>
          <p className={styles['quiet']}>{workflow.description}</p>
          {!editing && <p className={styles['quiet']}>This is a workflow of Jira itself. It cannot be changed.</p>}
        </div>
        <Button onClick={() => setFit(!fit)}>{fit ? 'Actual size' : 'Fit to width'}</Button>
      </div>
      <div className={styles['pictureFrame']} tabIndex={0} role="region" aria-label="Picture">
        <Picture diagram={diagram} label={`Diagram of ${workflow.name}`} selection={selection} chosen={chosen} fit={fit} onSelect={setSelection} />
      </div>
      <div className={styles['columns']}>
        <StepTable workflow={workflow} lexicon={lexicon} selection={selection} chosen={chosen} onSelect={setSelection} />
        <Side workflow={workflow} statuses={statuses} lexicon={lexicon} selection={selection} editing={editing} onSelect={setSelection} />
      </div>
    </div>
  );
}
