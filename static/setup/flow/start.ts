/** What the form on Assess holds, and the target it makes. Pure. */
import { setupTarget, SPACES_PER_PLAN, type SetupTarget } from '../../../src/contract/setup';

export interface Draft {
  kind: 'new' | 'existing';
  name: string;
  /** Undefined: follows the name. */
  key?: string;
  keys: readonly string[];
  begin: SetupTarget['begin'];
  choices: SetupTarget['choices'];
}

export const EMPTY: Draft = { kind: 'new', name: '', keys: [], begin: 'warn', choices: {} };

/** A key out of the capitals of a name, as Jira proposes it: "Noordhaven Shared Services" gives NSS. */
export function proposedKey(name: string): string {
  const words = name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : (words[0] ?? '').slice(0, 4);
  return letters.replace(/^[^A-Z]+/, '').slice(0, 10);
}

export const keyOf = ({ key, name }: Draft): string => key ?? proposedKey(name);

export const toTarget = (draft: Draft): SetupTarget => ({
  spaces: draft.kind === 'new' ? { kind: 'new', key: keyOf(draft), name: draft.name.trim() } : { kind: 'existing', keys: [...draft.keys] },
  begin: draft.begin,
  choices: draft.choices,
});

export const draftOf = ({ spaces, begin, choices }: SetupTarget): Draft =>
  spaces.kind === 'new'
    ? { kind: 'new', name: spaces.name, key: spaces.key, keys: [], begin, choices }
    : { kind: 'existing', name: '', keys: spaces.keys, begin, choices };

export type Problems = Partial<Record<'name' | 'key' | 'keys', string>>;

const HELP = {
  name: 'Give the space a name of 2 to 80 characters.',
  key: 'Use 2 to 10 capital letters, digits or underscores, beginning with a letter: NSS.',
} as const;

export function problemsOf(draft: Draft): Problems {
  const result = setupTarget.safeParse(toTarget(draft));
  if (result.success) return {};
  if (draft.kind === 'existing')
    return {
      keys: draft.keys.length === 0 ? 'Choose at least one space.' : `Choose at most ${String(SPACES_PER_PLAN)} spaces for one plan.`,
    };
  const fields = result.error.issues.map(({ path }) => path[1]);
  return Object.fromEntries((['name', 'key'] as const).filter((field) => fields.includes(field)).map((field) => [field, HELP[field]]));
}

/** "Space Noordhaven Shared Services, NSS" or "Spaces OPS and HR". */
export function spacesOf({ spaces }: SetupTarget): string {
  if (spaces.kind === 'new') return `Space ${spaces.name}, ${spaces.key}`;
  return `${spaces.keys.length === 1 ? 'Space' : 'Spaces'} ${spaces.keys.join(', ')}`;
}

export const keysOf = ({ spaces }: SetupTarget): readonly string[] => (spaces.kind === 'new' ? [spaces.key] : spaces.keys);
