/** What the call is, why, and the way into Jira's own dialog. */
import Button from '@atlaskit/button/new';
import { CreateIssueModal } from '@forge/jira-bridge';
import { useState } from 'react';
import type { TriageForm } from '../../../src/contract';
import { Lozenge } from '../../shared/lozenge';
import { Message } from '../../shared/message';
import { report } from '../../shared/report';
import { TypeGlyph } from '../../shared/type-glyph';
import layout from '../../setup/ui/layout.module.css';
import { Select } from '../../setup/ui/select';
import { article, others } from './answers';
import styles from './triage.module.css';

type Outcome = TriageForm['outcomes'][number];
type Space = TriageForm['spaces'][number];

type Told = 'registered' | 'no dialog';

function Register({ outcome, spaces }: { outcome: Outcome; spaces: readonly [Space, ...Space[]] }) {
  const [chosen, setChosen] = useState(spaces[0].id);
  const [told, setTold] = useState<Told>();
  const space = spaces.find((one) => one.id === chosen) ?? spaces[0];
  const { typeName, typeId } = outcome;
  const register = (): void => {
    setTold(undefined);
    new CreateIssueModal({
      context: { projectId: space.id, issueTypeId: typeId },
      onClose: ({ payload }) => setTold(payload.length > 0 ? 'registered' : undefined),
    })
      .open()
      .catch((error: unknown) => {
        report('The create dialog did not open', error);
        setTold('no dialog');
      });
  };
  return (
    <>
      <div className={layout['row']}>
        {spaces.length > 1 && (
          <Select label="Space" value={space.id} options={spaces.map(({ id, name }) => ({ value: id, name }))} onChange={setChosen} />
        )}
        <Button appearance="primary" onClick={register}>
          Register {article(typeName)} {typeName}
        </Button>
      </div>
      {spaces.length === 1 && <p className={layout['small']}>In {space.name}.</p>}
      <div role="status">
        {told === 'registered' && <Message tone="success" title={`The ${typeName} is registered`} />}
        {told === 'no dialog' && (
          <Message tone="warning" title="Jira’s dialog did not open here">
            <span>
              Choose Create at the top of Jira, the space {space.name} and the work type {typeName}.
            </span>
          </Message>
        )}
      </div>
    </>
  );
}

export function OutcomeCard({ form, outcome }: { form: TriageForm; outcome: Outcome }) {
  const { type, typeName, verb, because, description } = outcome;
  const [first, ...more] = form.spaces;
  return (
    <section className={layout['card']} aria-label="The work type">
      <p className={styles['lead']}>This is {article(typeName)}</p>
      <h2 className={styles['type']}>
        <TypeGlyph type={type} />
        {typeName}
        <Lozenge tone="information">starts in {verb}</Lozenge>
      </h2>
      <p className={styles['because']}>{because}</p>
      <p>{description}</p>
      {first ? (
        <Register key={type} outcome={outcome} spaces={[first, ...more]} />
      ) : (
        <Message tone="information" title="You may not create work in a space that works with USM">
          <span>Ask a space administrator to let you, or tell somebody who may what you found here.</span>
        </Message>
      )}
      <h3>Why not another?</h3>
      <dl className={styles['others']}>
        {others(form, outcome).map((one) => (
          <div key={one.type}>
            <dt>
              <TypeGlyph type={one.type} />
              {one.typeName}
            </dt>
            <dd>{one.description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
