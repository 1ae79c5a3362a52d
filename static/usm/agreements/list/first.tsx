/** From nothing to the first agreement: parties, a service, then what is promised; what is there already is told. */
import { useCallback } from 'react';
import type { Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Mark } from '../../../shared/mark';
import layout from '../../../setup/ui/layout.module.css';
import { PageLink } from '../../../setup/ui/page-link';
import { useReading } from '../../../setup/ui/use-reading';
import { counted } from '../../../setup/ui/words';
import { listPath, newPath } from '../../records/address';
import { call } from '../call';
import styles from './first.module.css';

interface Counts {
  state: 'ok';
  parties: number;
  services: number;
}

async function counts(): Promise<Counts | Trouble> {
  const [parties, services] = await Promise.all([call('records.parties', {}), call('records.services', {})]);
  if (isTrouble(parties)) return parties;
  if (isTrouble(services)) return services;
  return { state: 'ok', parties: parties.total, services: services.total };
}

/** Two sides are needed. */
const PARTIES = 2;

export function First() {
  const first = useCallback(counts, []);
  const { answer } = useReading<Counts>(first);
  if (!answer) return null;
  const { parties, services } = answer;
  const steps = [
    {
      done: parties >= PARTIES,
      text: 'Write down who provides and who is provided for: two parties at least.',
      there: parties > 0 ? counted(parties, 'party', 'parties') : undefined,
      list: listPath('parties'),
      add: newPath('parties'),
      name: 'Write a party',
    },
    {
      done: services > 0,
      text: 'Write down a service that people use today.',
      there: services > 0 ? counted(services, 'service') : undefined,
      list: listPath('services'),
      add: newPath('services'),
      name: 'Write a service',
    },
    { done: false, text: 'Draft the agreement: what is promised of the service. The button is at the top.', there: undefined },
  ];
  return (
    <ol className={styles['steps']}>
      {steps.map(({ done, text, there, ...to }, index) => (
        <li key={text}>
          <Mark kind={done ? 'met' : 'open'} name={done ? 'Done' : 'To do'} />
          <span>
            {index + 1}. {text}
            <small className={layout['small']}>
              {there !== undefined && to.list !== undefined && (
                <>
                  <PageLink to={to.list}>{there}</PageLink>{' '}
                </>
              )}
              {to.add !== undefined && <PageLink to={to.add}>{to.name}</PageLink>}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}
