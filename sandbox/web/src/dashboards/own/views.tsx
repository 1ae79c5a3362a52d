/** What Jira's own gadgets show. */
import { Link } from '../../router';
import { count, forBulk, search } from '../../search/api';
import { searchAddress } from '../../search/query';
import { StatusLozenge } from '../../ui/status-lozenge';
import { TypeIcon } from '../../ui/type-icon';
import { useLive } from '../../use-live';
import { Waiting } from '../waiting';
import { filterOf, sourceOf } from './api';
import { ASSIGNED, PIE, rowsOf, type OwnKind, type Settings } from './kinds';
import { arc, FIRST_STATISTIC, partsOf, STATISTICS, STATUS } from './pie';
import styles from '../dashboards.module.css';

interface ViewProps {
  settings: Settings;
  /** Another number asks the site anew. */
  turn: number;
}

const ASSIGNED_JQL = 'assignee = currentUser() AND resolution is EMPTY ORDER BY priority DESC, created ASC';

function List({ jql, label, empty, rows, turn }: { jql: string; label: string; empty: string; rows: number; turn: number }) {
  const found = useLive(
    `gadget-list:${jql}:${rows}`,
    async () => {
      const [page, total] = await Promise.all([search(jql, undefined, rows), count(jql)]);
      return { items: page.issues, total };
    },
    { revision: String(turn) },
  );
  if (!found.data) return <Waiting error={found.error} />;
  const { items, total } = found.data;
  if (items.length === 0) return <p className={styles['nothing']}>{empty}</p>;
  return (
    <>
      <table className={styles['items']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Key</th>
            <th scope="col">Summary</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, key, fields }) => (
            <tr key={id}>
              <td>
                <TypeIcon type={fields.issuetype} />
              </td>
              <td>
                <Link href={`/browse/${key}`}>{key}</Link>
              </td>
              <td title={fields.summary}>{fields.summary}</td>
              <td>
                <StatusLozenge status={fields.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['foot']}>
        <Link href={searchAddress(jql)}>
          1 to {items.length} of {total}
        </Link>
      </p>
    </>
  );
}

function FilterResults({ settings, turn }: ViewProps) {
  const filter = useLive(`gadget-filter:${settings.filterId}`, () => filterOf(settings.filterId ?? ''), { revision: String(turn) });
  if (!filter.data) return <Waiting error={filter.error} />;
  const { name, jql } = filter.data;
  return <List jql={jql} label={name} empty={`The filter ${name} finds no work items.`} rows={rowsOf(settings)} turn={turn} />;
}

const RADIUS = 70;
const HOLE = 44;
const COLOURS = 8;

function PieChart({ settings, turn }: ViewProps) {
  const { projectOrFilterId = '', statType = FIRST_STATISTIC } = settings;
  const statistic = STATISTICS[statType] ?? STATUS;
  const found = useLive(
    `gadget-pie:${projectOrFilterId}:${statType}`,
    async () => {
      const source = await sourceOf(projectOrFilterId);
      const jql = source.jql.replace(/\s*\bORDER BY\b.*$/is, '') || 'created is not EMPTY';
      const items = await forBulk(jql);
      return { name: source.name, total: items.length, parts: partsOf(items, statistic, jql) };
    },
    { revision: String(turn) },
  );
  if (!found.data) return <Waiting error={found.error} />;
  const { name, total, parts } = found.data;
  const { label } = statistic;
  if (total === 0) return <p className={styles['nothing']}>{name} has no work items.</p>;
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { share }) => sum + share, 0));
  return (
    <div className={styles['pie']}>
      <svg
        viewBox="-80 -80 160 160"
        className={styles['ring']}
        role="img"
        aria-label={`${name} by ${label.toLowerCase()}: the table beside it has the figures`}
      >
        {parts.map((part, index) => (
          <path key={part.name} d={arc(starts[index] ?? 0, part.share, RADIUS, HOLE)} fill={colourOf(index)} className={styles['slice']} />
        ))}
        <text textAnchor="middle" y={2} className={styles['total']}>
          {total}
        </text>
        <text textAnchor="middle" y={18} className={styles['totalOf']}>
          work items
        </text>
      </svg>
      <table className={styles['legend']} aria-label={`${name} by ${label.toLowerCase()}`}>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">Count</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, index) => (
            <tr key={part.name}>
              <td>
                <span className={styles['key']} style={{ background: colourOf(index) }} />
                <Link href={searchAddress(part.jql)}>{part.name}</Link>
              </td>
              <td>{part.count}</td>
              <td>{Math.round(part.share * 100)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const colourOf = (index: number): string => `var(--ds-chart-categorical-${(index % COLOURS) + 1})`;

export function OwnView({ kind, settings, turn }: ViewProps & { kind: OwnKind }) {
  if (kind.moduleKey === ASSIGNED)
    return <List jql={ASSIGNED_JQL} label="Assigned to me" empty="Nothing unresolved is assigned to you." rows={rowsOf(settings)} turn={turn} />;
  return kind.moduleKey === PIE ? <PieChart settings={settings} turn={turn} /> : <FilterResults settings={settings} turn={turn} />;
}
