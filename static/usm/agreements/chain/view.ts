/** Which line of a chain is looked at, and how; kept in the address, so that it can be sent. Pure. */
const FORMS = ['picture', 'table'] as const;
export type Form = (typeof FORMS)[number];

export interface View {
  /** Key of the line; empty: the heaviest. */
  line: string;
  /** Empty: as this person looked last. */
  as: Form | '';
  /** 0: the version that counts. */
  version: number;
}

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const version = Number(asked.get('version') ?? '0');
  return {
    line: asked.get('line') ?? '',
    as: FORMS.find((form) => form === asked.get('as')) ?? '',
    version: Number.isInteger(version) && version > 0 ? version : 0,
  };
}

export function toSearch({ line, as, version }: View): string {
  const asked = new URLSearchParams();
  if (line !== '') asked.set('line', line);
  if (as !== '') asked.set('as', as);
  if (version > 0) asked.set('version', String(version));
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}

const WEIGHT = ['cannot', 'unknown', 'tight', 'holds'];

/** The one that is asked for, else the heaviest, the first of equals. */
export const chosenLine = <Line extends { key: string; state: string }>(lines: readonly Line[], key: string): Line | undefined =>
  lines.find((line) => line.key === key) ?? [...lines].sort((a, b) => WEIGHT.indexOf(a.state) - WEIGHT.indexOf(b.state))[0];
