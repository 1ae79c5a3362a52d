import { api, ApiError } from '../api';
import { FieldView } from '../fields/views';
import { Link } from '../router';
import type { FieldMeta } from '../schemas';
import { useSite } from '../shell/site';
import { EmptyState } from '../ui/empty-state';
import { Moment } from '../ui/moment';
import { TypeIcon } from '../ui/type-icon';
import { Activity } from './activity';
import { ActionsMenu, ContextSections, IssuePanels } from './app-modules';
import { Details, textFields } from './details';
import { InlineField } from './inline-field';
import { LinkedItems } from './links';
import { StatusMenu } from './status-menu';
import { useChangeEvents } from './use-change-events';
import { useItem } from './use-item';
import styles from './issue.module.css';

const DESCRIPTION_SCHEMA = { type: 'string', system: 'description' };

/** A work item in Jira's two columns. */
export function WorkItemView({ itemKey }: { itemKey: string }) {
  const view = useItem(itemKey);
  useChangeEvents(view, useSite().me);
  const { item, modules, refresh } = view;

  if (!item) {
    if (!view.error) return <div className={styles['loading']} aria-busy="true" />;
    const gone = view.error instanceof ApiError && [401, 403, 404].includes(view.error.status);
    return (
      <EmptyState
        title={gone ? 'This work item cannot be shown' : 'The work item did not load'}
        text={gone ? `${itemKey} does not exist, or this person may not see it.` : view.error.message}
      />
    );
  }

  const { fields } = item;
  const meta = (id: string): FieldMeta | undefined => view.editMeta.find((one) => one.id === id);
  const save = async (id: string, value: unknown): Promise<void> => {
    await api.edit(item.key, { [id]: value });
    refresh();
  };
  const inline = { projectKey: fields.project.key, onSave: save };

  return (
    <div className={styles['view']}>
      <div className={styles['columns']}>
        <div className={styles['content']}>
          <nav className={styles['crumbs']} aria-label="Breadcrumbs">
            <Link href={`/jira/projects/${fields.project.key}/list`}>{fields.project.name}</Link>
            <span aria-hidden="true">/</span>
            <TypeIcon type={fields.issuetype} />
            <Link href={`/browse/${item.key}`}>{item.key}</Link>
          </nav>
          <InlineField meta={meta('summary')} value={fields.summary} {...inline}>
            <h1 className={styles['summary']}>{fields.summary}</h1>
          </InlineField>

          <section aria-label="Description">
            <h2 className={styles['heading']}>Description</h2>
            <InlineField meta={meta('description')} value={fields.description} {...inline}>
              <FieldView schema={DESCRIPTION_SCHEMA} value={fields.description} empty={meta('description') ? 'Add a description...' : 'None'} />
            </InlineField>
          </section>
          {textFields(view).map((field) => (
            <section key={field.id} aria-label={field.name}>
              <h2 className={styles['heading']}>{field.name}</h2>
              <InlineField meta={field.meta} value={field.value} {...inline}>
                <FieldView schema={field.schema} value={field.value} />
              </InlineField>
            </section>
          ))}

          <LinkedItems links={fields.issuelinks ?? []} />
          <IssuePanels modules={modules} issueKey={item.key} onRefresh={refresh} />
          <Activity issueKey={item.key} comments={view.comments} changes={view.changes} modules={modules} onChange={refresh} />
        </div>

        <aside className={styles['side']} aria-label="Details">
          <div className={styles['sideActions']}>
            <StatusMenu item={item} transitions={view.transitions} onOpen={view.refreshTransitions} onDone={refresh} />
            <ActionsMenu modules={modules} issueKey={item.key} onRefresh={refresh} />
          </div>
          <Details view={view} onSave={save} />
          <ContextSections modules={modules} issueKey={item.key} onRefresh={refresh} />
          <p className={styles['stamps']}>
            Created <Moment at={fields.created} />. Updated <Moment at={fields.updated} />.
          </p>
        </aside>
      </div>
    </div>
  );
}
