/** The register has not begun, or the filters leave nothing: what to do then. */
import Button from '@atlaskit/button/new';
import type { RegisterList } from '../../../../src/contract';
import { useAddress } from '../../../setup/ui/address';
import layout from '../../../setup/ui/layout.module.css';
import { pagePath } from '../address';
import { useNameOf } from '../names';
import { useOpen } from '../open';
import { number } from '../words';
import { NAMES_OF_FILTERS } from './filter-pick';
import { EVERYTHING, NAMED, type View } from './view';

interface NothingProps {
  answer: RegisterList;
  view: View;
  change: (part: Partial<View>) => void;
}

const First = ({ keeps }: { keeps: boolean }) => {
  const { go } = useAddress();
  const { page: open } = useOpen();
  return (
    <div className={layout['empty']}>
      <h2>Nothing is registered yet</h2>
      <p>
        {keeps
          ? 'Register what has to be kept in hand to deliver what is agreed, and no more: what is registered decides what is a change. Begin with what several agreements lean on.'
          : 'Here stands what is kept in hand to deliver what is agreed. A service manager brings it in; changes then name what they touch.'}
      </p>
      {keeps && (
        <div className={layout['row']}>
          {open('import') && (
            <Button appearance="primary" onClick={() => go(pagePath('import'))}>
              Import items
            </Button>
          )}
          <Button appearance={open('import') ? 'default' : 'primary'} onClick={() => go(pagePath('new'))}>
            Register the first item
          </Button>
        </div>
      )}
    </div>
  );
};

/** What is cleared first: the filter that was narrowed by last is not known, so the narrowest kind. */
function NoMatch({ answer, view, change }: NothingProps) {
  const filter = NAMED.find((one) => view[one] !== '');
  const name = useNameOf(filter === 'keeper' || filter === undefined ? 'party' : filter, filter === undefined ? '' : view[filter]);
  const words = view.words.trim();
  const of = filter === 'keeper' ? `kept by ${name}` : filter === undefined ? '' : `of the ${NAMES_OF_FILTERS[filter].toLowerCase()} ${name}`;
  const said = ['Nothing', of, words === '' ? 'fits the filters' : `matches “${words}”`].filter((part) => part !== '').join(' ');
  return (
    <div className={layout['empty']}>
      <h2>{said}</h2>
      <p>The register has {number(answer.inAll)} items.</p>
      <div className={layout['row']}>
        {filter !== undefined && <Button onClick={() => change({ [filter]: '' })}>Clear {NAMES_OF_FILTERS[filter].toLowerCase()}</Button>}
        {filter === undefined && words !== '' && (view.class !== '' || view.life !== '' || view.verified !== '') && (
          <Button onClick={() => change({ ...EVERYTHING, words: view.words, sort: view.sort })}>Clear all but the words</Button>
        )}
        <Button onClick={() => change({ ...EVERYTHING, sort: view.sort })}>Show all items</Button>
      </div>
    </div>
  );
}

export const Nothing = (props: NothingProps) => (props.answer.inAll === 0 ? <First keeps={props.answer.keeps} /> : <NoMatch {...props} />);
