/** What the agreement panel of a Wish says, and what can be begun there. Pure. */
import type { AgreementDetail, WishDrafting, WishOffer, WishStart } from '../../src/contract';

type Owes = NonNullable<WishOffer['owes']>;

const NOT_DONE: Readonly<Record<Owes['deed'], string>> = {
  offer: 'The draft is not offered yet',
  revise: 'The next version is not drafted yet',
  agree: 'The agreement is not agreed yet',
  confirm: 'The agreement is not in force yet',
  end: 'The draft is not ended yet',
};

export const owesTitle = ({ deed }: Owes): string => NOT_DONE[deed];
export const owesText = ({ why }: Owes): string => `The step was taken, but its agreement did not follow: ${why}`;

const names = (all: readonly string[]): string => (all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`);

/** What the draft lacks to be offered; undefined: nothing. */
export function lacksText({ lacks, findings }: Pick<AgreementDetail, 'lacks' | 'findings'>): string | undefined {
  const missing = lacks.length === 0 ? [] : [`It does not say ${names(lacks)}.`];
  const told = [...missing, ...findings.map(({ text }) => text)];
  return told.length === 0 ? undefined : told.join(' ');
}

/** The lines of the promise that cannot be kept, or that nobody has calculated. */
export const brokenLines = ({ lines }: Pick<AgreementDetail, 'lines'>) =>
  lines.filter(({ state, missing }) => state === 'cannot' || (state === 'unknown' && missing.length > 0));

/** Who said yes, or who may. */
export function acceptanceText({ acceptance, status, representatives, customer, version }: AgreementDetail): string {
  const yes = acceptance.filter(({ side }) => side === 'customer').map(({ person }) => person.name);
  if (yes.length > 0) return `${names(yes)} accepted version ${String(version)} for ${customer.name}.`;
  const may = representatives.customer.map(({ name }) => name);
  const who = may.length === 0 ? `nobody is named for ${customer.name} yet; name a representative` : names(may);
  return status === 'draft' ? `Once it is offered, it can be accepted by: ${who}.` : `It waits for the yes of: ${who}.`;
}

/** Whether this person may say yes for the customer now. */
export const mayAccept = ({ deeds }: Pick<AgreementDetail, 'deeds'>): boolean =>
  deeds.some(({ kind, sides = [], refused }) => kind === 'accept' && sides.includes('customer') && refused.length === 0);

export interface Choice {
  value: string;
  name: string;
}
const NEW = 'new';

/** What can be drafted: something new, the next version of what is agreed, or a draft that is there. */
export const choicesOf = ({ agreements, drafts }: WishStart): Choice[] => [
  { value: NEW, name: 'A new agreement' },
  ...agreements.map(({ id, name }) => ({ value: id, name: `The next version of ${id}, ${name}` })),
  ...drafts.map(({ id, name, version }) => ({ value: `${id} ${String(version)}`, name: `The draft ${id} version ${String(version)}, ${name}` })),
];

export function draftingOf(choice: string, provider: string): WishDrafting {
  const [agreement = '', version] = choice.split(' ');
  if (choice === NEW) return { how: 'new', ...(provider !== '' && { provider }) };
  return version === undefined ? { how: 'version', agreement, times: [] } : { how: 'take', agreement, version: Number(version) };
}

export const isNew = (choice: string): boolean => choice === NEW;
export const FIRST_CHOICE = NEW;

/** Where an agreement stands below the page of the site. */
export const pageOf = ({ agreement: { id }, version, editable }: Pick<AgreementDetail, 'agreement' | 'version' | 'editable'>): string =>
  `agreements/${id}${editable ? '/edit' : ''}?version=${String(version)}`;
