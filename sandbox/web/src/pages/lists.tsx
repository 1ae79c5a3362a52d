/** Pages that list work items: of a space, of the person, of a search. */
import { useState, type FormEvent } from 'react';
import SearchIcon from '@atlaskit/icon/core/search';
import Select from '@atlaskit/select';
import Textfield from '@atlaskit/textfield';
import { api } from '../api';
import { jql, quoted, words } from '../jql';
import { useSite } from '../shell/site';
import { EmptyState } from '../ui/empty-state';
import { useLive } from '../use-live';
import { useSettled } from '../use-settled';
import { ItemTable } from './item-table';
import styles from './pages.module.css';

const NEWEST_FIRST = 'created DESC';

export function ProjectList({ projectKey }: { projectKey: string }) {
  const { projects } = useSite();
  const [text, setText] = useState('');
  const [typeId, setTypeId] = useState('');
  const types = useLive(`types:${projectKey}`, () => api.projectTypes(projectKey));
  const asked = useSettled(text);
  const project = projects.find((one) => one.key === projectKey);
  if (!project) return <EmptyState title="This space cannot be shown" text={`${projectKey} does not exist, or this person may not see it.`} />;

  const options = (types.data?.issueTypes ?? []).map((type) => ({ value: type.id, label: type.name }));
  const filtered = asked.trim() !== '' || typeId !== '';
  return (
    <div className={styles['page']}>
      <p className={styles['crumbs']}>Spaces</p>
      <h1 className={styles['title']}>{project.name}</h1>
      <div className={styles['filters']}>
        <div className={styles['filterText']}>
          <Textfield
            type="search"
            aria-label="Search this list"
            placeholder="Search list"
            value={text}
            onChange={(event: FormEvent<HTMLInputElement>) => setText(event.currentTarget.value)}
            elemBeforeInput={
              <span className={styles['searchIcon']}>
                <SearchIcon label="" color="var(--ds-icon-subtle)" />
              </span>
            }
          />
        </div>
        <div className={styles['filterType']}>
          <Select
            spacing="compact"
            aria-label="Work type"
            placeholder="Work type"
            isClearable
            options={options}
            value={options.find((option) => option.value === typeId) ?? null}
            onChange={(chosen) => setTypeId(chosen?.value ?? '')}
          />
        </div>
      </div>
      <ItemTable
        label={`Work items of ${project.name}`}
        jql={jql([`project = ${quoted(projectKey)}`, words(asked), typeId ? `issuetype = ${typeId}` : undefined], NEWEST_FIRST)}
        empty={
          filtered
            ? { title: 'No work items match', text: 'Change the words or the work type of the filter.' }
            : { title: 'No work items yet', text: 'Create makes the first one.' }
        }
      />
    </div>
  );
}

export function ForYou() {
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>For you</h1>
      <ItemTable
        label="Work items assigned to you"
        jql={jql(['assignee = currentUser()', 'statusCategory != Done'], 'updated DESC')}
        empty={{ title: 'Nothing waits for you', text: 'Open work items that are assigned to you stand here.' }}
      />
    </div>
  );
}
