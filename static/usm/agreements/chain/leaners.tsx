/** Other promises that lean on the same legs: a change here must break nothing there. */
import type { AgreementChain } from '../../../../src/contract';
import { PageLink } from '../../../setup/ui/page-link';
import layout from '../../../setup/ui/layout.module.css';
import table from '../../../setup/ui/table.module.css';
import { pathOf } from '../address';
import { Verdict } from '../verdict';
import { calledBy, type Names } from './names';

/** `binding`: the leg whose leaners are named; all of them where none binds. */
export function Leaners({ answer, names, binding }: { answer: AgreementChain; names: Names; binding: string | undefined }) {
  const own = answer.leaners.filter(({ leg }) => leg === binding);
  const shown = own.length > 0 ? own : answer.leaners;
  if (shown.length === 0) return null;
  const leg = own.length > 0 && binding !== undefined ? calledBy(names, binding) : 'these legs';
  return (
    <section className={layout['card']} aria-labelledby="leaners">
      <h2 id="leaners">Other promises that lean on {leg}</h2>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">Agreement</th>
            <th scope="col">With</th>
            {own.length === 0 && <th scope="col">Leans on</th>}
            <th scope="col">Can it be kept?</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={`${one.leg} ${one.id}`}>
              <td>
                <PageLink to={pathOf(one.id)}>{one.id}</PageLink>
                <small>{one.name}</small>
              </td>
              <td>{one.customer}</td>
              {own.length === 0 && <td>{one.leg}</td>}
              <td>
                <Verdict state={one.verdict.state} reason={one.verdict.reason} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer.moreLeaners && <p>There are more than are named here.</p>}
    </section>
  );
}
