/** Beside a work item: what was asked for, what is promised of its service, who approves, and what can be started from here. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Card, CatalogPanel } from '../../src/contract';
import { Field } from '../shared/field';
import { Live } from '../shared/hidden';
import { Mark } from '../shared/mark';
import { Message } from '../shared/message';
import { Skeleton } from '../shared/skeleton';
import { moment } from '../shared/time';
import { TroubleView } from '../shared/trouble';
import { TypeGlyph } from '../shared/type-glyph';
import { useNow } from '../shared/use-now';
import { WorkItemLink } from '../shared/work-item-link';
import { WORK_TYPE_NAMES } from '../shared/work-types';
import styles from './panel.module.css';
import { useCatalog } from './use-catalog';

const ROWS: readonly { name: string; cells: readonly { key: keyof Card; name: string }[] }[] = [
  {
    name: 'Facility',
    cells: [
      { key: 'facilityWhat', name: 'What you can do' },
      { key: 'facilityHow', name: 'How well' },
    ],
  },
  {
    name: 'Support',
    cells: [
      { key: 'supportWhat', name: 'What you can ask' },
      { key: 'supportHow', name: 'How well' },
    ],
  },
];

const ServiceCard = ({ card }: { card: Card }) => (
  <table className={styles['card']} aria-label="What is promised">
    <tbody>
      {ROWS.map(({ name, cells }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {cells.map((cell) => (
            <td key={cell.key}>
              <small>{cell.name}</small>
              {card[cell.key].text || card[cell.key].lines.map(({ label, value }) => `${label}: ${value}`).join('; ') || 'Not said'}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

type Acts = Pick<ReturnType<typeof useCatalog>, 'start' | 'say' | 'busy'>;
type Given = NonNullable<NonNullable<CatalogPanel['approval']>['given']>;

const Said = ({ given }: { given: Given }) => (
  <p className={styles['line']}>
    <Mark kind={given.verdict === 'approve' ? 'met' : 'open'} />
    <span>
      {given.verdict === 'approve' ? 'Approved' : 'Not yet'} by {given.by.name}, {moment(given.at, useNow())}
      {given.words !== undefined && <>: {given.words}</>}
    </span>
  </p>
);

function Approval({ approval, item, say, busy }: { approval: NonNullable<CatalogPanel['approval']>; item: string } & Pick<Acts, 'say' | 'busy'>) {
  const [words, setWords] = useState('');
  return (
    <section className={styles['part']} aria-labelledby="approval">
      <h2 id="approval">Approval</h2>
      {approval.given ? (
        <Said given={approval.given} />
      ) : (
        <p className={styles['line']}>
          <Mark kind="unmet" />
          <span>The {approval.role} has not said yet whether it can be had.</span>
        </p>
      )}
      {approval.mine && (
        <>
          <Field label="In your words" id="words" optional>
            {(aria) => <input {...aria} type="text" maxLength={2_000} value={words} onChange={(event) => setWords(event.target.value)} />}
          </Field>
          <div className={styles['row']}>
            <Button appearance="primary" spacing="compact" isLoading={busy === 'approve'} onClick={() => void say(item, 'approve', words)}>
              Approve
            </Button>
            <Button spacing="compact" isLoading={busy === 'notYet'} onClick={() => void say(item, 'notYet', words)}>
              Not yet
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Standards({ panel, start, busy }: { panel: CatalogPanel } & Pick<Acts, 'start' | 'busy'>) {
  if (panel.standards.length === 0) return <p className={styles['soft']}>No agreement lists standard calls for this service and customer.</p>;
  return (
    <ul className={styles['standards']}>
      {panel.standards.map(({ id, title, type, ready }) => (
        <li key={id}>
          <TypeGlyph type={type} name={WORK_TYPE_NAMES[type]} />
          {panel.may.start ? (
            <Button appearance="subtle" spacing="compact" isLoading={busy === id} onClick={() => void start(id, title)}>
              {`Start ${title}`}
            </Button>
          ) : (
            <span>{title}</span>
          )}
          <small>{ready}</small>
        </li>
      ))}
    </ul>
  );
}

function Content({ panel, ...acts }: { panel: CatalogPanel } & Acts) {
  const { ordered, card, approval, checklist, service } = panel;
  return (
    <div className={styles['columns']}>
      <div className={styles['part']}>
        {ordered ? (
          <p>
            Started from <strong>{ordered.title}</strong>
            {ordered.note !== undefined && <small className={styles['note']}>{ordered.note}</small>}
          </p>
        ) : (
          <p className={styles['soft']}>Not started from the catalog.</p>
        )}
        {card ? (
          <ServiceCard card={card} />
        ) : (
          <p className={styles['soft']}>
            {service === undefined
              ? 'Choose the service: then it stands here what is promised of it.'
              : `Nothing in force says what ${service} is for this customer.`}
          </p>
        )}
        {checklist.length > 0 && (
          <section className={styles['part']} aria-labelledby="tasks">
            <h2 id="tasks">To do</h2>
            <ul className={styles['bullets']}>
              {checklist.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <div className={styles['part']}>
        {approval && ordered?.id !== undefined && <Approval approval={approval} item={ordered.id} say={acts.say} busy={acts.busy} />}
        <h2>Start from the catalog</h2>
        <Standards panel={panel} start={acts.start} busy={acts.busy} />
      </div>
    </div>
  );
}

export function CatalogBeside() {
  const { answer, trouble, told, wrong, read, ...acts } = useCatalog();
  return (
    <main className={styles['panel']}>
      <Live>{told?.text}</Live>
      {told && (
        <Message tone="success" title={told.text}>
          {told.key !== undefined && <WorkItemLink itemKey={told.key}>{told.key}</WorkItemLink>}
        </Message>
      )}
      {wrong !== undefined && (
        <Message alert tone="danger" title="Nothing was changed">
          <span>{wrong}</span>
        </Message>
      )}
      {answer ? (
        <Content panel={answer} {...acts} />
      ) : trouble ? (
        <TroubleView trouble={trouble} subject="The catalog" retry={() => void read()} />
      ) : (
        <Skeleton
          subject="the catalog"
          lines={[
            { height: 24, width: '40%' },
            { height: 120, width: '100%' },
          ]}
        />
      )}
    </main>
  );
}
