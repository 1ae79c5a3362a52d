import { useState, type FormEvent } from 'react';
import Button, { IconButton } from '@atlaskit/button/new';
import AddIcon from '@atlaskit/icon/core/add';
import SearchIcon from '@atlaskit/icon/core/search';
import SettingsIcon from '@atlaskit/icon/core/settings';
import SidebarCollapseIcon from '@atlaskit/icon/core/sidebar-collapse';
import SidebarExpandIcon from '@atlaskit/icon/core/sidebar-expand';
import ThemeIcon from '@atlaskit/icon/core/theme';
import Textfield from '@atlaskit/textfield';
import { Link, navigate } from '../router';
import { queryOf, searchAddress } from '../search/query';
import { chooseColorMode, colorMode } from '../theme';
import { PersonMenu } from './person-menu';
import type { Person } from '../schemas';
import styles from './shell.module.css';

const ITEM_KEY = /^[a-z][a-z0-9_]*-\d+$/i;

function Search() {
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const asked = text.trim();
    if (ITEM_KEY.test(asked)) return navigate(`/browse/${asked.toUpperCase()}`);
    const query = queryOf(asked);
    if (query) navigate(searchAddress(query));
  };
  return (
    <form role="search" className={styles['search']} onSubmit={submit}>
      <Textfield
        isCompact
        type="search"
        aria-label="Search work items"
        placeholder="Search, or type JQL"
        value={text}
        onChange={(event: FormEvent<HTMLInputElement>) => setText(event.currentTarget.value)}
        elemBeforeInput={
          <span className={styles['searchIcon']}>
            <SearchIcon label="" color="var(--ds-icon-subtle)" />
          </span>
        }
      />
    </form>
  );
}

function ThemeSwitch() {
  const [mode, setMode] = useState(colorMode());
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      icon={ThemeIcon}
      label={`Switch to ${other} theme`}
      appearance="subtle"
      onClick={() => {
        chooseColorMode(other);
        setMode(other);
      }}
    />
  );
}

interface TopBarProps {
  me: Person | undefined;
  navigationOpen: boolean;
  onToggleNavigation: () => void;
  onCreate: () => void;
  canCreate: boolean;
}

export function TopBar({ me, navigationOpen, onToggleNavigation, onCreate, canCreate }: TopBarProps) {
  return (
    <header className={styles['topBar']}>
      <div className={styles['topBarStart']}>
        {me && (
          <IconButton
            icon={navigationOpen ? SidebarCollapseIcon : SidebarExpandIcon}
            label={navigationOpen ? 'Collapse sidebar' : 'Expand sidebar'}
            appearance="subtle"
            onClick={onToggleNavigation}
          />
        )}
        <Link href="/" className={styles['logo']} aria-label="Jira, home">
          <span className={styles['logoMark']} aria-hidden="true" />
          Jira
        </Link>
      </div>
      <div className={styles['topBarMiddle']}>
        {me && <Search />}
        {me && (
          <Button appearance="primary" iconBefore={AddIcon} onClick={onCreate} isDisabled={!canCreate}>
            Create
          </Button>
        )}
      </div>
      <div className={styles['topBarEnd']}>
        <ThemeSwitch />
        {me && <IconButton icon={SettingsIcon} label="Settings" appearance="subtle" onClick={() => navigate('/jira/settings')} />}
        {me && <PersonMenu me={me} />}
      </div>
    </header>
  );
}
