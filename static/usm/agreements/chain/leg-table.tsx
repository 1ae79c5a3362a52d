/** One line of the chain, leg by leg and in the order of the picture: what screen readers come to first, and all there is for lines that are no times. */
import { type Line, type Leg } from '../../../../src/contract/agreements';
import { classes } from '../../../shared/classes';
import { PageLink } from '../../../setup/ui/page-link';
import table from '../../../setup/ui/table.module.css';
import { pathOf } from '../address';
import { VerdictMark } from '../verdict';
import type { Names } from './names';
import type { Picture } from './picture';
import { type Beside, cellOf } from './table';
import { say, sayWhole } from './trial';
import styles from './chain.module.css';

const NO_TIME = { unknown: 'not calculated', missing: 'nobody has agreed', aside: 'takes no part' } as const;

export function TimesTable({ id, label, picture, names }: { id: string; label: string; picture: Picture; names: Names }) {
  const { bars, line, promise, sum } = picture;
  const { key } = line;
  return (
    <table id={id}>
      <caption>{label}, leg by leg, in hours after the report</caption>
      <thead>
        <tr>
          {['Leg', 'Begins', 'Takes', 'Ends', 'To spare', 'Over the promise'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar, index) => {
          const timed = bar.kind === 'time';
          const { party, id: agreement } = names(bar.id);
          return (
            <tr key={index}>
              <th scope="row">
                {party} {agreement}
                {bar.binds && ', binds'}
              </th>
              <td>{timed && say(key, bar.from)}</td>
              <td>{bar.kind === 'time' ? say(key, bar.to - bar.from) : NO_TIME[bar.kind]}</td>
              <td>{timed && say(key, bar.to)}</td>
              <td>{timed && say(key, bar.spare)}</td>
              <td>{timed && say(key, bar.over)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">In all</th>
          <td colSpan={2} />
          <td>{sum === undefined ? 'not calculated' : say(key, sum)}</td>
          <td colSpan={2}>promised: {sayWhole(key, promise)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

interface ValuesProps {
  line: Line;
  legs: readonly Leg[];
  /** Contributions that nobody has agreed to. */
  missing: readonly string[];
  names: Names;
  beside: Beside;
}

/** Availability, hours and validity: what each leg says. */
export const ValuesTable = ({ line, legs, missing, names, beside }: ValuesProps) => (
  <table className={classes(table['table'], styles['values'])}>
    <thead>
      <tr>
        <th scope="col">Leg</th>
        <th scope="col">What is agreed</th>
        <th scope="col">In this promise</th>
      </tr>
    </thead>
    <tbody>
      {legs.map((leg, index) => {
        const { party, id, about, hours } = names(leg.id);
        const value = cellOf(leg, line, beside);
        const binds = line.binding === leg.id;
        return (
          <tr key={index}>
            <th scope="row">
              {party} {id !== undefined && <PageLink to={pathOf(id)}>{id}</PageLink>}
              <small>{hours === undefined ? about : `${about}, ${hours}`}</small>
            </th>
            <td>{value || 'takes no part'}</td>
            <td>{binds && <strong>binds</strong>}</td>
          </tr>
        );
      })}
      {missing.map((what) => (
        <tr key={what}>
          <th scope="row">{what}</th>
          <td>
            <VerdictMark state="missing" /> nobody has agreed to it
          </td>
          <td />
        </tr>
      ))}
    </tbody>
  </table>
);
