import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import { api } from '../api';
import { navigate } from '../router';
import { Face } from '../ui/person';
import { useLive } from '../use-live';
import type { Person } from '../schemas';
import styles from './shell.module.css';

const QUICK_LIST = 12;

/** Becomes someone else and starts over where they may be. */
export async function switchTo(accountId: string): Promise<void> {
  await api.switchPerson(accountId);
  location.assign(location.pathname.startsWith('/people') ? '/' : location.href);
}

/** The avatar: who this is, and a quick way to be someone else. */
export function PersonMenu({ me }: { me: Person }) {
  const people = useLive('people', api.people);
  const others = (people.data ?? []).filter((one) => one.accountId !== me.accountId);
  return (
    <DropdownMenu
      placement="bottom-end"
      shouldRenderToParent
      trigger={({ triggerRef, isSelected, testId: _testId, ...props }) => (
        <button
          {...props}
          ref={triggerRef}
          type="button"
          className={styles['avatarButton']}
          aria-label={`Account of ${me.displayName}`}
          aria-pressed={isSelected}
        >
          <Face name={me.displayName} size="medium" />
        </button>
      )}
    >
      <DropdownItemGroup title="Account">
        <DropdownItem elemBefore={<Face name={me.displayName} />} description={me.emailAddress ?? ''}>
          {me.displayName}
        </DropdownItem>
        <DropdownItem onClick={() => navigate('/people')}>Switch person</DropdownItem>
      </DropdownItemGroup>
      {others.length > 0 && (
        <DropdownItemGroup title="Continue as" hasSeparator>
          {others.slice(0, QUICK_LIST).map((one) => (
            <DropdownItem
              key={one.accountId}
              elemBefore={<Face name={one.displayName} />}
              description={[...new Set(one.roles)].join(', ')}
              onClick={() => void switchTo(one.accountId)}
            >
              {one.displayName}
            </DropdownItem>
          ))}
        </DropdownItemGroup>
      )}
    </DropdownMenu>
  );
}
