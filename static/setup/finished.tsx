/** The end of setup: the way into the space, and what to do next, in order. */
import Button from '@atlaskit/button/new';
import { router } from '@forge/bridge';
import type { MouseEvent } from 'react';
import type { SetupTarget } from '../../src/contract';
import { Message } from '../shared/message';
import { report } from '../shared/report';
import { useSite } from '../shared/site';
import layout from './layout.module.css';
import styles from './finished.module.css';

const NEXT = [
  {
    title: 'Give people their roles',
    text: 'In the settings of the space, under People: coordinators, operators and process managers. Steps are open to these roles.',
  },
  { title: 'Name services and customers', text: 'They are the options of the fields Service and Customer. Work cannot be accepted without them.' },
  { title: 'Name the solution teams', text: 'They are the options of the field Solution team. Work is handed over to them.' },
  { title: 'Register the first work item', text: 'Create an Incident and look at USM process beside it: it says what is needed next.' },
];

export function Finished({ target, onAnother }: { target: SetupTarget; onAnother: () => void }) {
  const site = useSite();
  const path = `/browse/${target.projectKey}`;
  const onOpen = (event: MouseEvent): void => {
    event.preventDefault();
    router.navigate(path).catch((error: unknown) => report('The space did not open', error));
  };
  return (
    <>
      <Message tone="success" title={`${target.projectName} works with USM`}>
        <a href={`${site}${path}`} target="_blank" rel="noreferrer" onClick={onOpen}>
          Open the space {target.projectKey}
        </a>
      </Message>
      <section className={layout['card']}>
        <h2>What to do next</h2>
        <ol className={styles['next']}>
          {NEXT.map(({ title, text }) => (
            <li key={title}>
              <strong>{title}</strong>
              <p>{text}</p>
            </li>
          ))}
        </ol>
        <div>
          <Button onClick={onAnother}>Set up another space</Button>
        </div>
      </section>
    </>
  );
}
