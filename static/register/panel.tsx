/** The register beside a work item: what it is about, what changes, what the register says of it by now, and what fails again and again. */
import Button from '@atlaskit/button/new';
import type { TrendProposal, WorkRegister } from '../../src/contract';
import { Hidden, Live } from '../shared/hidden';
import { Icon } from '../shared/icons';
import { Message } from '../shared/message';
import { Skeleton } from '../shared/skeleton';
import { TroubleView } from '../shared/trouble';
import { WorkItemLink } from '../shared/work-item-link';
import { Changing } from './changing';
import { ItemLink } from './item-link';
import { Concerned } from './items';
import styles from './panel.module.css';
import { useRegister } from './use-register';

const listed = (names: readonly string[], more: number): string => [...names, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ');

function Carries({ panel: { carries, concerned } }: { panel: WorkRegister }) {
  const first = concerned.find(({ item }) => item)?.item;
  if (!first) return null;
  const services = carries?.services ?? [];
  const count = services.length + (carries?.more ?? 0);
  return (
    <p className={styles['carries']}>
      <span>
        <Icon name="fork" />{' '}
        {count === 0
          ? 'Carries no service directly'
          : `Carries ${String(count)} ${count === 1 ? 'service' : 'services'}: ${listed(services, carries?.more ?? 0)}`}
      </span>
      <ItemLink item={first.key} impact>
        Show impact
      </ItemLink>
    </p>
  );
}

function Trend({ proposal, busy, prevent }: { proposal: TrendProposal; busy: boolean; prevent: (key: string) => Promise<void> }) {
  const { item, times, days, incidents, made } = proposal;
  return (
    <Message tone={made ? 'information' : 'warning'} title={`${item} failed ${String(times)} times in ${String(days)} days`}>
      <p>
        {incidents.map((key, index) => (
          <span key={key}>
            {index > 0 && ', '}
            <WorkItemLink itemKey={key}>{key}</WorkItemLink>
          </span>
        ))}
      </p>
      {made ? (
        <p>
          {made.key === undefined ? 'A Preventive Action deals with it.' : <WorkItemLink itemKey={made.key}>{made.key}</WorkItemLink>}
          {made.key !== undefined && ' deals with the cause.'}
        </p>
      ) : (
        <div>
          <Button spacing="compact" isLoading={busy} onClick={() => void prevent(item)}>
            Create Preventive Action
          </Button>
        </div>
      )}
    </Message>
  );
}

export function RegisterBeside() {
  const { answer: panel, trouble, wrong, made, read, act, prevent, busy } = useRegister();
  return (
    <main className={styles['panel']}>
      <h1>
        <Hidden>Register</Hidden>
      </h1>
      <Live>{made === undefined ? '' : `${made} is created.`}</Live>
      {wrong !== undefined && (
        <Message alert tone="danger" title="Nothing was changed">
          {wrong}
        </Message>
      )}
      {panel && !panel.begun && (
        <Message tone="information" title="The register holds nothing yet">
          Items named here count as they are written. From the first item in the register on, names are looked up in it.
        </Message>
      )}
      {panel?.proposal && <Trend proposal={panel.proposal} busy={busy === 'prevent'} prevent={prevent} />}
      {panel && (
        <div className={styles['columns']}>
          <div className={styles['part']}>
            <Concerned {...{ panel, act, busy }} />
            <Carries panel={panel} />
          </div>
          <Changing {...{ panel, act, busy }} />
        </div>
      )}
      {trouble && <TroubleView trouble={trouble} subject="The register" retry={() => void read()} />}
      {!panel && !trouble && (
        <Skeleton
          subject="the register"
          lines={[
            { height: 24, width: '40%' },
            { height: 72, width: '100%' },
          ]}
        />
      )}
    </main>
  );
}
