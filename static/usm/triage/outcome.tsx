/** What the call is, why, and the way into Jira's own dialog. */
import Button from '@atlaskit/button/new';
import { CreateIssueModal } from '@forge/jira-bridge';
import { useState } from 'react';
import type { TriageForm } from '../../../src/contract';
import { Message } from '../../shared/message';
import { report } from '../../shared/report';
import { article } from '../../shared/triage/answers';
import { OutcomeWords, WhyNot } from '../../shared/triage/outcome';
import layout from '../../setup/ui/layout.module.css';
import { Select } from '../../setup/ui/select';

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
  const [first, ...more] = form.spaces;
  return (
    <section className={layout['card']} aria-label="The work type">
      <OutcomeWords outcome={outcome} />
      {first ? (
        <Register key={outcome.type} outcome={outcome} spaces={[first, ...more]} />
      ) : (
        <Message tone="information" title="You may not create work in a space that works with USM">
          <span>Ask a space administrator to let you, or tell somebody who may what you found here.</span>
        </Message>
      )}
      <WhyNot ways={form} outcome={outcome} />
    </section>
  );
}
