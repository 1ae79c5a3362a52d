/** How a filled field reads: one view per kind, in one table. */
import type { ReactNode } from 'react';
import { z } from 'zod';
import { AdfView } from '../ui/adf-view';
import { PersonName } from '../ui/person';
import { day, exact } from '../ui/time';
import { person, type FieldSchema } from '../schemas';
import { isEmptyValue, kindOf, type Kind } from './kinds';
import styles from './fields.module.css';

const named = z.object({ value: z.string().optional(), name: z.string().optional(), iconUrl: z.string().optional(), key: z.string().optional() });
const nameOf = (value: unknown): string => {
  const found = named.safeParse(value).data;
  return found ? (found.value ?? found.name ?? found.key ?? '') : typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const plain = (value: unknown): ReactNode => nameOf(value);
const several = (value: unknown): ReactNode => (Array.isArray(value) ? value.map(nameOf).join(', ') : '');

function OptionView({ value }: { value: unknown }) {
  const icon = named.safeParse(value).data?.iconUrl;
  return (
    <span className={styles['withIcon']}>
      {icon && <img src={icon} alt="" width={16} height={16} />}
      <span>{nameOf(value)}</span>
    </span>
  );
}

const onePerson = (value: unknown): ReactNode => {
  const found = person.safeParse(value).data;
  return found ? <PersonName person={found} /> : null;
};

const views: Record<Kind, (value: unknown) => ReactNode> = {
  text: plain,
  number: plain,
  item: plain,
  paragraph: (value) => <AdfView value={value} />,
  date: (value) => day(String(value)),
  datetime: (value) => exact(String(value)),
  url: (value) => (
    <a href={/^https?:/i.test(String(value)) ? String(value) : undefined} target="_blank" rel="noreferrer">
      {String(value)}
    </a>
  ),
  option: (value) => <OptionView value={value} />,
  options: several,
  cascade: (value) => {
    const child = z.object({ child: z.unknown() }).safeParse(value).data?.child;
    return child ? `${nameOf(value)} - ${nameOf(child)}` : nameOf(value);
  },
  user: onePerson,
  users: (value) =>
    Array.isArray(value) ? (
      <span className={styles['stack']}>
        {value.map((one, index) => (
          <span key={index}>{onePerson(one)}</span>
        ))}
      </span>
    ) : null,
  group: plain,
  groups: several,
  labels: (value) => (
    <span className={styles['labels']}>
      {Array.isArray(value)
        ? value.map((word) => (
            <span key={String(word)} className={styles['label']}>
              {String(word)}
            </span>
          ))
        : null}
    </span>
  ),
};

/** A field's value, or "None" as Jira writes it. */
export function FieldView({ schema, value, empty = 'None' }: { schema: FieldSchema | undefined; value: unknown; empty?: string }) {
  if (isEmptyValue(value)) return <span className={styles['none']}>{empty}</span>;
  const kind = kindOf(schema);
  const shown = kind ? views[kind](value) : plain(value);
  return <>{isEmptyValue(shown) ? <span className={styles['none']}>{empty}</span> : shown}</>;
}
