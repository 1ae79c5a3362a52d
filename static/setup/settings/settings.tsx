/** The settings of USM on this site, page by page. */
import Button from '@atlaskit/button/new';
import { useState, type FormEvent } from 'react';
import { Hidden, Live } from '../../shared/hidden';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { momentToTheMinute } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { useAddress } from '../ui/address';
import { Failed, Instead } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { PageHead } from '../ui/page-head';
import { PageLink } from '../ui/page-link';
import { Calendars } from './calendars';
import { Closing } from './closing';
import { isChanged, SECTIONS, wrongOf, wrongPlaces, type SectionKey } from './draft';
import { File } from './file';
import { Lists } from './lists';
import { Notices } from './notices';
import { idOf, type PartProps } from './part';
import { People } from './people';
import { Priority } from './priority';
import styles from './settings.module.css';
import { Suppliers } from './suppliers';
import { useSettings } from './use-settings';

const LINES = [{ height: 32, width: '70%' }, ...Array.from({ length: 6 }, () => ({ height: 36, width: '60%' }))];

const PARTS: Record<Exclude<SectionKey, 'file'>, (props: PartProps) => JSX.Element> = {
  people: People,
  priority: Priority,
  lists: Lists,
  calendars: Calendars,
  closing: Closing,
  notices: Notices,
  suppliers: Suppliers,
};

const sectionAt = (path: string | undefined): SectionKey => SECTIONS.find(({ key }) => path === `/settings/${key}`)?.key ?? 'people';

export function Settings() {
  const { path } = useAddress();
  const section = sectionAt(path);
  const { view, draft, trouble, stale, refused, busy, read, change, save, importFile, exportFile, takeTheirs, discard } = useSettings();
  const [tried, setTried] = useState(false);
  const [told, setTold] = useState('');
  const now = useNow();

  const body = () => {
    if (!view || !draft)
      return trouble ? (
        <Instead trouble={trouble} subject="The settings" later="Settings belong to what setup has made." retry={read} />
      ) : (
        <Skeleton subject="the settings" lines={LINES} />
      );
    const changedSections = SECTIONS.filter(({ key }) => isChanged(draft, view.settings, key)).map(({ key }) => key);
    const changed = changedSections.includes(section);
    const found = wrongPlaces(draft);
    const here = wrongOf(found, section);
    const wrong = new Map([
      ...(tried ? found : []),
      ...(refused?.from === 'page' ? refused.wrong.map(({ path: at, text }) => [at, text] as const) : []),
    ]);

    const onSave = async (event: FormEvent): Promise<void> => {
      event.preventDefault();
      setTried(true);
      const [first] = here;
      if (first) return document.getElementById(idOf(first[0]))?.focus();
      if (busy === undefined && (await save(section, view, draft))) {
        setTried(false);
        setTold('The settings are saved.');
      }
    };
    const Part = section === 'file' ? undefined : PARTS[section];
    return (
      <>
        <nav aria-label="Settings" className={styles['sections']}>
          {SECTIONS.map(({ key, name }) => (
            <PageLink key={key} to={`/settings/${key}`} here={key === section}>
              {name}
              {changedSections.includes(key) && (
                <span className={styles['changed']} title="Not saved yet">
                  <Hidden>, not saved yet</Hidden>
                </span>
              )}
            </PageLink>
          ))}
        </nav>
        {trouble && <Failed trouble={trouble} title="The settings were not saved" />}
        {stale && (
          <Message alert tone="warning" title="Somebody else changed the settings meanwhile">
            <span>{stale.text}</span>
            <span className={layout['row']}>
              <Button spacing="compact" onClick={() => takeTheirs(section, true)}>
                Keep my changes over theirs
              </Button>
              <Button spacing="compact" onClick={() => takeTheirs(section, false)}>
                Take theirs
              </Button>
            </span>
          </Message>
        )}
        {refused?.from === 'page' && (
          <Message alert tone="danger" title="Nothing was saved">
            <ul className={layout['bullets']}>
              {refused.wrong.map(({ path: at, text }, index) => (
                <li key={index}>
                  <code>{at}</code>: {text}
                </li>
              ))}
            </ul>
          </Message>
        )}
        {Part ? (
          <form noValidate className={layout['page']} onSubmit={(event) => void onSave(event)}>
            <Part draft={draft} view={view} wrong={wrong} onChange={change} />
            <footer className={layout['foot']}>
              <p className={layout['first']}>
                {changed
                  ? tried && here.length > 0
                    ? `${here.length === 1 ? '1 place' : `${String(here.length)} places`} to correct before it can be saved.`
                    : 'Changed, not saved yet.'
                  : view.changed
                    ? `Changed last by ${view.changed.by}, ${momentToTheMinute(view.changed.at, now)}.`
                    : 'As USM proposes it; nobody has changed anything yet.'}
              </p>
              {changed && (
                <Button
                  appearance="subtle"
                  onClick={() => {
                    setTried(false);
                    discard(section);
                  }}
                >
                  Discard changes
                </Button>
              )}
              <Button appearance="primary" type="submit" isDisabled={!changed} isLoading={busy === 'save'}>
                Save settings
              </Button>
            </footer>
          </form>
        ) : (
          <File
            busy={busy}
            refused={refused}
            unsaved={changedSections.length > 0}
            exportFile={exportFile}
            importFile={async (text) => {
              const well = await importFile(view, text);
              if (well) setTold('The settings are imported.');
              return well;
            }}
          />
        )}
      </>
    );
  };

  return (
    <div className={layout['page']}>
      <PageHead title="Settings" text="What counts for all spaces that work with USM." />
      <Live>{told}</Live>
      {body()}
    </div>
  );
}
