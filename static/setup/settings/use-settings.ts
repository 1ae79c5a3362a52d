/** The settings as kept, the draft over them, and what came of saving it. */
import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { SettingsView, Trouble, UsmSettings } from '../../../src/contract';
import { settingsCalls, type settingsStale } from '../../../src/contract/settings';
import { caller, isTrouble } from '../../shared/call';
import { saveFile } from '../ui/save-file';
import { withSection, type SectionKey } from './draft';

const call = caller(settingsCalls);

type Stale = z.infer<typeof settingsStale>;

export interface Refusals {
  from: 'page' | 'file';
  wrong: readonly { path: string; text: string }[];
}

interface State {
  view?: SettingsView;
  draft?: UsmSettings;
  trouble?: Trouble;
  /** Somebody else was faster. */
  stale?: Stale;
  refused?: Refusals;
  busy?: string;
}

export function useSettings() {
  const [state, setState] = useState<State>({ busy: 'read' });

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('settings.read', {});
    setState(isTrouble(answer) ? { trouble: answer } : { view: answer, draft: answer.settings });
  }, []);
  useEffect(() => void read(), [read]);

  const change = useCallback(
    (part: Partial<UsmSettings>) =>
      setState((before) => (before.draft ? { ...before, refused: undefined, draft: { ...before.draft, ...part } } : before)),
    [],
  );

  /** `keep`: how the draft goes on when the settings were kept. Answers whether they were. */
  const written = useCallback(
    async (
      question: (view: SettingsView) => ReturnType<typeof call<'settings.write' | 'settings.import'>>,
      view: SettingsView,
      { name, from, keep }: { name: string; from: Refusals['from']; keep: (now: SettingsView, draft: UsmSettings) => UsmSettings },
    ): Promise<boolean> => {
      setState((before) => ({ view: before.view, draft: before.draft, busy: name }));
      const answer = await question(view);
      setState((before) => {
        const held = { view: before.view, draft: before.draft };
        if (isTrouble(answer)) return { ...held, trouble: answer };
        if (answer.state === 'stale') return { ...held, stale: answer };
        if (answer.state === 'refused') return { ...held, refused: { from, wrong: answer.wrong } };
        return { view: answer, draft: keep(answer, before.draft ?? answer.settings) };
      });
      return answer.state === 'ok';
    },
    [],
  );

  /** Other pages keep what was changed there and not saved. */
  const save = (section: SectionKey, view: SettingsView, draft: UsmSettings): Promise<boolean> =>
    written(() => call('settings.write', { settings: withSection(view.settings, draft, section), version: view.version }), view, {
      name: 'save',
      from: 'page',
      keep: (now, before) => withSection(before, now.settings, section),
    });

  const importFile = (view: SettingsView, text: string): Promise<boolean> =>
    written(() => call('settings.import', { text, version: view.version }), view, { name: 'import', from: 'file', keep: (now) => now.settings });

  /** What went wrong, if something did. */
  const exportFile = async (): Promise<Trouble | undefined> => {
    setState((before) => ({ ...before, busy: 'export' }));
    const answer = await call('settings.export', {});
    setState(({ busy: _, ...before }) => before);
    if (isTrouble(answer)) return answer;
    saveFile(answer.name, answer.text, 'application/json');
    return undefined;
  };

  /** After somebody else's change: their settings, with this page's draft over them or without it. */
  const takeTheirs = (section: SectionKey, mine: boolean): void =>
    setState(({ stale, draft, view }) =>
      stale && draft ? { view: stale.now, draft: mine ? withSection(stale.now.settings, draft, section) : stale.now.settings } : { view, draft },
    );

  const discard = (section: SectionKey): void =>
    setState(({ view, draft }) => ({ view, draft: view && draft ? withSection(draft, view.settings, section) : draft }));

  return { ...state, read: () => void read(), change, save, importFile, exportFile, takeTheirs, discard };
}
