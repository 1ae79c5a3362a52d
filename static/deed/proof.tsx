/** What proves it: files that the work item has, or new ones, which Jira keeps as its attachments. */
import { requestJira } from '@forge/bridge';
import { useState, type DragEvent } from 'react';
import { z } from 'zod';
import type { ProofFile } from '../../src/contract';
import { Icon } from '../shared/icons';
import { report } from '../shared/report';
import styles from './proof.module.css';

const added = z.array(z.object({ id: z.string(), filename: z.string() }));
const said = z.object({ errorMessages: z.array(z.string()) });

/** Adds a file to the work item as the person, who has to be allowed to. The bridge takes one file in a form. */
async function attach(key: string, file: File): Promise<ProofFile[]> {
  const body = new FormData();
  body.append('file', file);
  const response = await requestJira(`/rest/api/3/issue/${key}/attachments`, { method: 'POST', headers: { 'X-Atlassian-Token': 'no-check' }, body });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(said.safeParse(answer).data?.errorMessages.join(' ') || `Jira answered ${String(response.status)}.`);
  return added.parse(answer).map(({ id, filename }) => ({ id, name: filename }));
}

export function useProof(onWorkItem: readonly ProofFile[], key: string) {
  const [files, setFiles] = useState(onWorkItem);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(0);
  const [problem, setProblem] = useState<string>();

  const choose = (id: string, on: boolean): void => setChosen((before) => [...before.filter((one) => one !== id), ...(on ? [id] : [])]);
  async function add(given: readonly File[]): Promise<void> {
    setProblem(undefined);
    setAdding((before) => before + given.length);
    for (const file of given) {
      try {
        const made = await attach(key, file);
        setFiles((before) => [...made, ...before]);
        setChosen((before) => [...before, ...made.map((one) => one.id)]);
      } catch (error) {
        report('The file was not added', error);
        setProblem(`${file.name} was not added: ${error instanceof Error ? error.message : 'Jira did not answer.'}`);
      }
      setAdding((before) => before - 1);
    }
  }
  return { files, chosen, adding, problem, choose, add };
}

export function Proof({ files, chosen, adding, problem, choose, add }: ReturnType<typeof useProof>) {
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    void add([...event.dataTransfer.files]);
  };
  return (
    <fieldset className={styles['proof']}>
      <legend>Proof, if there is any</legend>
      {files.map(({ id, name }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={(event) => choose(id, event.target.checked)} />
          <span title={name}>{name}</span>
        </label>
      ))}
      <label className={styles['add']} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <Icon name="plus" />
        {files.length === 0 ? 'Add a file' : 'Choose from these, or add a file'}
        <input
          type="file"
          multiple
          onChange={({ target }) => {
            const given = [...(target.files ?? [])];
            target.value = '';
            void add(given);
          }}
        />
      </label>
      <span role="status">{adding > 0 && `Adding ${adding === 1 ? 'the file' : `${String(adding)} files`} to the work item`}</span>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </fieldset>
  );
}
