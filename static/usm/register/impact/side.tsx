/** Beside the picture: the finding, four figures, services with their promises, whom to tell. */
import type { ImpactDirection, RegisterImpact } from '../../../../src/contract';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import layout from '../../../setup/ui/layout.module.css';
import { PageLink } from '../../../setup/ui/page-link';
import table from '../../../setup/ui/table.module.css';
import { pathOf } from '../../agreements/address';
import { recordPath } from '../../records/address';
import { number } from '../words';
import styles from './impact.module.css';
import { findingOf, restoreWords, SECONDS } from './words';

const SHOWN = 12;

const distinct = (all: readonly (string | undefined)[]): number => new Set(all.filter((one) => one !== undefined)).size;

function Figures({ services, customers, people }: Pick<RegisterImpact, 'services' | 'customers' | 'people'>) {
  const figures: [number, string][] = [
    [distinct(services.map(({ service }) => service?.id)), 'services'],
    [distinct(services.map(({ agreement }) => agreement?.id)), 'agreements'],
    [customers.length, 'units'],
    [people, 'people named'],
  ];
  return (
    <dl className={styles['figures']}>
      {figures.map(([count, name]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Services({ services, shortest }: Pick<RegisterImpact, 'services' | 'shortest'>) {
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <th scope="col">Service, agreement</th>
          <th scope="col" className={table['number']}>
            P1
          </th>
          <th scope="col">Second path</th>
        </tr>
      </thead>
      <tbody>
        {services.slice(0, SHOWN).map(({ service, agreement, second }, index) => (
          <tr key={`${service?.id ?? ''} ${agreement?.id ?? ''}`} className={index === shortest ? styles['first'] : undefined}>
            <th scope="row" className={styles['service']}>
              {service ? (
                <PageLink to={recordPath('services', service.id)}>{service.name}</PageLink>
              ) : (
                agreement && <PageLink to={pathOf(agreement.id)}>{agreement.name}</PageLink>
              )}
              <small>
                {agreement ? (
                  <>
                    <PageLink to={pathOf(agreement.id)}>{agreement.id}</PageLink>, {agreement.customer.name}
                  </>
                ) : (
                  'no agreement in force'
                )}
              </small>
            </th>
            <td className={table['number']}>{agreement?.restore === undefined ? '' : restoreWords(agreement.restore)}</td>
            <td>
              <span className={styles['second']} title={SECONDS[second].about}>
                <Mark kind={SECONDS[second].mark} /> {SECONDS[second].name}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Side({ answer, direction }: { answer: RegisterImpact; direction: ImpactDirection }) {
  const { services, customers, freezes } = answer;
  const finding = findingOf(answer, direction);
  return (
    <>
      <div className={styles['finding']}>
        <Message tone={finding.tone} title={finding.title}>
          <span>{finding.text}</span>
        </Message>
        {direction === 'onwards' && <Figures {...answer} />}
      </div>
      <div className={styles['beside']}>
        {services.length > 0 && (
          <section aria-label="Services reached">
            <Services {...answer} />
            {services.length > SHOWN && <p className={layout['small']}>{number(services.length - SHOWN)} more; the export has all of them.</p>}
          </section>
        )}
        {customers.length > 0 && (
          <section className={styles['tell']}>
            <h2>Tell beforehand</h2>
            <table className={table['table']}>
              <thead className={styles['unseen']}>
                <tr>
                  <th scope="col">Unit</th>
                  <th scope="col">Who</th>
                </tr>
              </thead>
              <tbody>
                {customers.slice(0, SHOWN).map(({ id, name, tell, anyone }) => (
                  <tr key={id}>
                    <th scope="row" className={styles['service']}>
                      <PageLink to={recordPath('parties', id)}>{name}</PageLink>
                    </th>
                    <td className={tell === undefined ? table['quiet'] : undefined}>{tell ?? (anyone ? 'everybody in Jira' : 'not named')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {customers.length > SHOWN && <p className={layout['small']}>{number(customers.length - SHOWN)} more.</p>}
          </section>
        )}
        {freezes.map(({ name, from, until }) => (
          <Message key={`${name} ${String(from)}`} tone="warning" title={`Frozen: ${name}`}>
            <span>
              {new Date(from).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} to{' '}
              {new Date(until).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}. A change in this time needs the word of whoever keeps
              the freeze.
            </span>
          </Message>
        ))}
      </div>
    </>
  );
}
