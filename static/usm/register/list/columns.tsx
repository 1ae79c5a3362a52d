/** The columns of the list besides key and name: how a row looks in each. */
import type { ItemClass, RegisterColumn, RegisterRow } from '../../../../src/contract';
import { REGISTER_COLUMNS } from '../../../../src/contract/register-calls';
import { Icon } from '../../../shared/icons';
import { Lozenge } from '../../../shared/lozenge';
import { statusName } from '../../../shared/status';
import { WorkItemLink } from '../../../shared/work-item-link';
import { Verified } from '../verified';
import { CRITICALITY_NAMES, lifeOf, number, POLICIES } from '../words';
import styles from './list.module.css';
import type { SortKey } from './view';

interface CellProps {
  row: RegisterRow;
  now: number;
}

export interface Column {
  key: RegisterColumn;
  name: string;
  /** In the head, where the name is too long for it. */
  short?: string;
  by?: SortKey;
  number?: true;
  Cell: (props: CellProps) => JSX.Element | null;
}

const Text = ({ children }: { children: string | undefined }) => <span className={styles['cut']}>{children}</span>;
const Count = ({ of }: { of: number | undefined }) => (
  <span className={of === 0 ? styles['soft'] : undefined}>{of === undefined ? '' : number(of)}</span>
);

const FIXED: Readonly<Record<(typeof REGISTER_COLUMNS)[number], Omit<Column, 'key'>>> = {
  class: { name: 'Class', by: 'class', Cell: ({ row }) => <Text>{row.class?.name}</Text> },
  life: {
    name: 'Life cycle',
    by: 'life',
    Cell: ({ row: { life } }) => (life ? <Lozenge tone={lifeOf(life).tone}>{lifeOf(life).name}</Lozenge> : null),
  },
  keeper: { name: 'Kept by', by: 'keeper', Cell: ({ row }) => <Text>{row.keeper?.name}</Text> },
  location: { name: 'Location', by: 'location', Cell: ({ row }) => <Text>{row.location}</Text> },
  services: { name: 'Services', short: 'Serv.', number: true, Cell: ({ row }) => <Count of={row.services} /> },
  agreements: { name: 'Agreements', short: 'Agr.', number: true, Cell: ({ row }) => <Count of={row.agreements} /> },
  verified: { name: 'Verified', by: 'verified', Cell: ({ row, now }) => (row.verified ? <Verified verified={row.verified} now={now} /> : null) },
  change: {
    name: 'Change running',
    Cell: ({ row: { change } }) =>
      change ? (
        <span className={styles['lock']}>
          <Icon name="lock" />
          {change.key === undefined ? statusName(change.status) : <WorkItemLink itemKey={change.key}>{change.key}</WorkItemLink>}
        </span>
      ) : null,
  },
  supplier: { name: 'Supplier', Cell: ({ row }) => <Text>{row.supplier?.name}</Text> },
  uc: { name: 'Supplier agreement', Cell: ({ row }) => <Text>{row.uc}</Text> },
  criticality: {
    name: 'Criticality',
    by: 'criticality',
    Cell: ({ row: { criticality } }) => <>{criticality && CRITICALITY_NAMES[criticality]}</>,
  },
  policy: { name: 'Data policy', Cell: ({ row: { policy } }) => <>{policy && POLICIES[policy].name}</> },
};

const ofOwn = (key: string, name: string): Column => ({ key: `own.${key}`, name, Cell: ({ row }) => <Text>{row.own?.[key]}</Text> });

/** Every column there is. Classes share the attributes that they call the same. */
export function columnsOf(classes: readonly Pick<ItemClass, 'attributes'>[]): Column[] {
  const own = new Map(classes.flatMap(({ attributes }) => attributes.map(({ key, name }) => [key, name] as const)));
  return [
    ...REGISTER_COLUMNS.map((key) => ({ key, ...FIXED[key] })),
    ...[...own].map(([key, name]) => ofOwn(key, name)).sort((a, b) => a.name.localeCompare(b.name)),
  ];
}

/** Those that are shown, in their order; one whose class is not read yet has its key for a name. */
export const shownOf = (all: readonly Column[], keys: readonly RegisterColumn[]): Column[] =>
  keys.map((key) => all.find((one) => one.key === key) ?? ofOwn(key.replace(/^own\./, ''), key.replace(/^own\./, '')));
