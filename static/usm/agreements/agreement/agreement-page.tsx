/** One agreement: what is agreed, by whom, since when, and whether it can be kept. */
import { useCallback, useState } from 'react';
import type { AgreementDetail, Target } from '../../../../src/contract';
import { classes } from '../../../shared/classes';
import { Face } from '../../../shared/face';
import { Live } from '../../../shared/hidden';
import type { WorkTypeKey } from '../../../shared/kinds';
import { Lozenge } from '../../../shared/lozenge';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import { Skeleton } from '../../../shared/skeleton';
import { WorkItemLink } from '../../../shared/work-item-link';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import table from '../../../setup/ui/table.module.css';
import { useReading } from '../../../setup/ui/use-reading';
import { Instead } from '../../instead';
import { chainPath, LIST, pathOf, versionOf } from '../address';
import { call } from '../call';
import { Crumbs } from '../crumbs';
import { KindTag } from '../tag';
import { Verdict } from '../verdict';
import { momentDay, percent, STATUSES } from '../words';
import styles from './agreement.module.css';
import { SpecificationCard } from './card';
import { Deeds } from './deeds';
import { Keeping } from './keeping';
import { LifeLine } from './life-line';
import { Versions } from './versions';
import { dateLines, priceWords, targetRows } from './words';

const LINES = [
  { height: 40, width: '60%' },
  { height: 48, width: '100%' },
  { height: 280, width: '100%' },
  { height: 240, width: '100%' },
];

const typeName = (type: Target['type']): string => WORK_TYPE_NAMES[type satisfies WorkTypeKey];

interface PartProps {
  detail: AgreementDetail;
}

function Targets({ detail }: PartProps) {
  const { terms, lines } = detail;
  const rows = targetRows(detail, typeName);
  const rest = lines.filter(({ kind }) => kind === 'availability' || kind === 'hours' || kind === 'until');
  if (rows.length === 0 && rest.length === 0)
    return <p className={layout['small']}>No targets yet. Say for each kind of call how soon it is answered, and restored or delivered.</p>;
  return (
    <div className={table['scroll']} role="region" aria-label="Targets" tabIndex={0}>
      <table className={classes(table['table'], styles['targets'])}>
        <thead>
          <tr>
            <th scope="col">Kind of call</th>
            <th scope="col">Priority</th>
            <th scope="col" className={table['number']}>
              Answer
            </th>
            <th scope="col" className={table['number']}>
              Restore, deliver
            </th>
            <th scope="col">Counted in</th>
            <th scope="col" className={table['number']}>
              Adds up to
            </th>
            <th scope="col">Can it be kept?</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{row.kind}</td>
              <td>{row.measure}</td>
              <td className={table['number']}>{row.answer}</td>
              <td className={table['number']}>
                <strong>{row.deliver}</strong>
                <small>at least {row.percent}</small>
              </td>
              <td>{row.counted}</td>
              <td className={table['number']}>{row.sum}</td>
              <td>{row.line && <Verdict state={row.line.state} words={row.verdict} />}</td>
            </tr>
          ))}
          {rest.map((line) =>
            line.kind === 'availability' ? (
              <tr key={line.key}>
                <td colSpan={3}>{line.label}</td>
                <td className={table['number']}>
                  <strong>{line.promised !== undefined && percent(line.promised)}</strong>
                </td>
                <td>{terms.availability && `per ${terms.availability.window}`}</td>
                <td className={table['number']}>{line.sum !== undefined && percent(line.sum)}</td>
                <td>
                  <Verdict state={line.state} words={line.text} />
                </td>
              </tr>
            ) : (
              <tr key={line.key}>
                <td colSpan={3}>{line.label}</td>
                <td colSpan={4}>
                  <Verdict state={line.state} words={line.text} />
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

const Bullets = ({ title, items, none }: { title: string; items: readonly string[]; none: string }) => (
  <section>
    <h2 className={layout['subhead']}>{title}</h2>
    {items.length === 0 ? (
      <p className={layout['small']}>{none}</p>
    ) : (
      <ul className={layout['bullets']}>
        {items.map((item, index) => (
          <li key={index}>{item}</li>
        ))}
      </ul>
    )}
  </section>
);

function Agreed({ detail }: PartProps) {
  const { terms } = detail;
  return (
    <>
      {terms.scope !== '' && <p className={styles['text']}>{terms.scope}</p>}
      <section className={layout['lines']} aria-labelledby="card">
        <h2 id="card" className={layout['subhead']}>
          Specification card
        </h2>
        <SpecificationCard card={terms.card} />
      </section>
      <section className={layout['lines']} aria-labelledby="targets">
        <h2 id="targets" className={layout['subhead']}>
          Targets
        </h2>
        <Targets detail={detail} />
        <p className={layout['small']}>
          Working hours; net time, without waiting for the customer. A work item keeps the targets of the version it was accepted under.
        </p>
      </section>
      <div className={styles['two']}>
        <Bullets title="What the customer does" items={terms.duties} none="Nothing is asked of the customer." />
        <Bullets title="Not included" items={terms.exclusions} none="Nothing is left out." />
      </div>
      <section className={layout['lines']} aria-labelledby="price">
        <h2 id="price" className={layout['subhead']}>
          Ready, price and clauses
        </h2>
        <dl className={styles['facts']}>
          <dt>Counts as ready</dt>
          <dd>{terms.readiness || 'not said yet'}</dd>
          <dt>Price</dt>
          <dd>{priceWords(terms.price)}</dd>
          {terms.consequences !== '' && (
            <>
              <dt>When a promise is missed</dt>
              <dd>{terms.consequences}</dd>
            </>
          )}
          {terms.clauses.map(({ title, text }, index) => (
            <div key={index} className={styles['pair']}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
          {terms.documents.length > 0 && (
            <>
              <dt>Documents</dt>
              <dd>{terms.documents.map(({ title }) => title).join(', ')}</dd>
            </>
          )}
        </dl>
      </section>
    </>
  );
}

const SIDES = { customer: 'customer', provider: 'provider' } as const;

function Acceptance({ detail: { acceptance, version, fingerprint, terms, status } }: PartProps) {
  return (
    <section className={layout['card']} aria-labelledby="acceptance">
      <div className={layout['row']}>
        <h2 id="acceptance">Acceptance, version {version}</h2>
        <span className={layout['end']}>
          {acceptance.some(({ side }) => side === 'customer') ? (
            <Verdict state="holds" words="accepted" />
          ) : (
            <Verdict state="missing" words="not yet" />
          )}
        </span>
      </div>
      <ul className={styles['people']}>
        {acceptance.map(({ side, person, at }) => (
          <li key={`${side} ${String(at)}`}>
            <Face id={person.accountId} name={person.name} />
            {person.name}
            <small>{SIDES[side]}</small>
            <small className={styles['end']}>{momentDay(at, terms.timeZone)}</small>
          </li>
        ))}
      </ul>
      <p>
        {status === 'draft'
          ? 'A draft is offered first; a representative of the customer then accepts it.'
          : `Its text has the fingerprint ${fingerprint.slice(0, 8)}. It can be read, never edited.`}
      </p>
    </section>
  );
}

function Dates({ detail }: PartProps) {
  return (
    <section className={layout['card']} aria-labelledby="dates">
      <h2 id="dates">Dates</h2>
      <dl className={styles['dates']}>
        {dateLines(detail).map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Legs({ detail: { legs, agreement } }: PartProps) {
  return (
    <section className={layout['card']} aria-labelledby="under">
      <div className={layout['row']}>
        <h2 id="under">Under this agreement</h2>
        <span className={layout['end']}>
          <PageLink to={chainPath(agreement.id)}>Open the chain</PageLink>
        </span>
      </div>
      {legs.length === 0 ? (
        <p>Nothing lies under it: whoever provides it keeps it alone.</p>
      ) : (
        <ul className={styles['legs']}>
          {legs.map((leg, index) => (
            <li key={index}>
              <PageLink to={pathOf(leg.id)}>{leg.id}</PageLink>
              <span>{leg.party.name}</span>
              <Verdict state={leg.state} words={leg.text} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Head({ detail }: PartProps) {
  const { agreement, customer, provider, services, owner } = detail;
  const { kind, id } = agreement;
  return (
    <p className={styles['sub']}>
      <KindTag kind={kind} />
      <span>{id}</span>
      <span>
        {kind === 'SA' ? 'for ' : `${provider.name} to `}
        <strong>{customer.name}</strong>
      </span>
      <span>{services.map(({ name }) => name).join(', ')}</span>
      {owner ? (
        <span className={styles['owner']}>
          owned by <Face id={owner.accountId} name={owner.name} /> {owner.name}
        </span>
      ) : (
        <span className={styles['owner']}>
          <Mark kind="nothing" /> nobody keeps it
        </span>
      )}
    </p>
  );
}

function Messages({ detail: { message, lacks, findings, editable, agreement } }: PartProps) {
  return (
    <>
      {message && (
        <Message tone={message.tone} title={message.text}>
          <PageLink to={chainPath(agreement.id)}>Open the chain</PageLink>
        </Message>
      )}
      {editable && lacks.length + findings.length > 0 && (
        <Message tone="information" title="Before it can be offered">
          <ul className={layout['bullets']}>
            {lacks.map((what) => (
              <li key={what}>It does not say {what}.</li>
            ))}
            {findings.map(({ text }, index) => (
              <li key={index}>{text}</li>
            ))}
          </ul>
        </Message>
      )}
    </>
  );
}

const Shown = ({ detail, onDone }: PartProps & { onDone: (detail: AgreementDetail, told: string) => void }) => (
  <>
    <Head detail={detail} />
    {detail.keeps && <Keeping key={detail.version} detail={detail} />}
    <Deeds detail={detail} onDone={onDone} />
    <LifeLine life={detail.life} status={detail.status} timeZone={detail.terms.timeZone} />
    <Messages detail={detail} />
    <div className={layout['columns']}>
      <div className={layout['page']}>
        <Agreed detail={detail} />
      </div>
      <div className={layout['side']}>
        <Acceptance detail={detail} />
        <Dates detail={detail} />
        <Versions key={detail.agreement.id} detail={detail} />
        <Legs detail={detail} />
      </div>
    </div>
  </>
);

export function AgreementPage({ id }: { id: string }) {
  const { search } = useAddress();
  const version = versionOf(search);
  const first = useCallback(() => call('agreements.get', { id, ...(version !== undefined && { version }) }), [id, version]);
  const { answer, trouble, again, ask } = useReading<AgreementDetail>(first);
  const [told, setTold] = useState('');
  const onDone = (detail: AgreementDetail, words: string): void => {
    setTold(words);
    void ask(() => Promise.resolve(detail), 'renew');
  };
  return (
    <div className={layout['page']}>
      <Crumbs way={[{ to: LIST, name: 'Agreements' }]} here={id} />
      <PageHead title={answer?.agreement.name ?? id}>
        {answer && (
          <>
            <Lozenge tone={STATUSES[answer.status].tone}>{STATUSES[answer.status].name}</Lozenge>
            <span>version {answer.version}</span>
            {answer.wish !== undefined && (
              <span>
                Drafted for <WorkItemLink itemKey={answer.wish}>{answer.wish}</WorkItemLink>
              </span>
            )}
          </>
        )}
      </PageHead>
      <Live>{told}</Live>
      {answer ? (
        <Shown detail={answer} onDone={onDone} />
      ) : trouble ? (
        <Instead trouble={trouble} subject="The agreement" retry={again} />
      ) : (
        <Skeleton subject="the agreement" lines={LINES} />
      )}
    </div>
  );
}
