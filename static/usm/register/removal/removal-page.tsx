/** Items that nobody uses: no relation, no work item, no look for a year. Keeping them true costs; removing them is a change. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { classes } from '../../../shared/classes';
import { Lozenge } from '../../../shared/lozenge';
import { Skeleton } from '../../../shared/skeleton';
import { useNow } from '../../../shared/use-now';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { PageLink } from '../../../setup/ui/page-link';
import table from '../../../setup/ui/table.module.css';
import { counted } from '../../../setup/ui/words';
import { momentDay } from '../../agreements/words';
import { Instead } from '../../instead';
import { itemPath } from '../address';
import { call } from '../call';
import list from '../list/list.module.css';
import { Pages } from '../pages';
import { useRequestChange } from '../request-change';
import { usePaged } from '../use-paged';
import { Verified } from '../verified';
import { lifeOf } from '../words';

const LINES = Array.from({ length: 6 }, () => ({ height: 46, width: '100%' }));
const read = (after: string | undefined) => call('register.unused', after === undefined ? {} : { after });

export function RemovalPage() {
  const { answer, trouble, busy, again, more } = usePaged(read);
  const now = useNow();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const change = useRequestChange({
    keys: chosen,
    summary: `Retire ${counted(chosen.length, 'item')} that nobody uses`,
    lines: ['Nothing leads to them, no work item named them, and nobody looked at them for a year:', ...chosen],
  });

  const body = () => {
    if (!answer) return trouble ? <Instead trouble={trouble} subject="The items" retry={again} /> : <Skeleton subject="the items" lines={LINES} />;
    return (
      <>
        {trouble && <Failed trouble={trouble} title="More items could not be read" retry={more} />}
        {answer.rows.length === 0 ? (
          <div className={layout['empty']}>
            <h2>{answer.after === undefined ? 'Nothing is suggested for removal' : 'Nothing among the first items'}</h2>
            <p>Every item has a relation or a work item, or somebody looked at it within a year.</p>
          </div>
        ) : (
          <>
            <div className={layout['row']}>
              <span className={layout['small']}>
                {chosen.length > 0 ? `${counted(chosen.length, 'item')} chosen` : counted(answer.rows.length, 'item')}
              </span>
              {chosen.length > 0 && (
                <Button spacing="compact" appearance="primary" isLoading={change.busy} onClick={change.begin}>
                  Request their removal
                </Button>
              )}
            </div>
            {change.told}
            <div className={table['scroll']} role="region" aria-label="Items" tabIndex={0}>
              <table className={classes(table['table'], list['table'])}>
                <thead>
                  <tr>
                    <td />
                    <th scope="col">Key and name</th>
                    <th scope="col">Class</th>
                    <th scope="col">Life cycle</th>
                    <th scope="col">Kept by</th>
                    <th scope="col">Registered</th>
                    <th scope="col">Verified</th>
                  </tr>
                </thead>
                <tbody>
                  {answer.rows.map(({ key, name, class: of, life, keeper, registeredAt, verified }) => (
                    <tr key={key}>
                      <td className={list['choose']}>
                        <input
                          type="checkbox"
                          aria-label={`Choose ${key}`}
                          checked={chosen.includes(key)}
                          onChange={() => setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}
                        />
                      </td>
                      <th scope="row" className={list['named']}>
                        <PageLink to={itemPath(key)} className={list['name']}>
                          {name}
                        </PageLink>
                        <small>{key}</small>
                      </th>
                      <td>{of.name}</td>
                      <td>
                        <Lozenge tone={lifeOf(life).tone}>{lifeOf(life).name}</Lozenge>
                      </td>
                      <td>{keeper?.name}</td>
                      <td>{momentDay(registeredAt)}</td>
                      <td>
                        <Verified verified={verified} now={now} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
        {answer.after !== undefined && (
          <div>
            <Button spacing="compact" isLoading={busy === 'more'} onClick={more}>
              Look through more items
            </Button>
          </div>
        )}
      </>
    );
  };
  return (
    <div className={layout['page']}>
      <PageHead title="Register of managed items" />
      <Pages here="removal" />
      <p className={layout['small']}>
        What nobody uses costs care and says nothing: related to nothing, named by no work item, looked at by nobody for a year. Removing it is a
        change.
      </p>
      {body()}
    </div>
  );
}
