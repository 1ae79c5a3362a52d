/** The register as a file that brings it in again: CSV for people, JSON for programs. Pure. */
import type { ExportedItem, ItemClass } from '../../../../src/contract';
import { LIFE, RELATIONS } from '../../../../src/contract/register-import';
import { csvLine } from './csv';
import { ownTargets, TARGET_NAMES } from './guess';

const KINDS = Object.keys(RELATIONS) as (keyof typeof RELATIONS)[];
const PLAIN = ['key', 'name', 'class', 'life', 'keeper', 'location', 'criticality', 'supplier', 'uc', 'verified'] as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The same as the import reads it (src/register/import-convert). */
const endOf = ({ to, group, need }: ExportedItem['relations'][number]): string =>
  group === undefined ? to : `${to} [${group}${need === undefined ? '' : ` ${String(need)}`}]`;

export function csvFile(items: readonly ExportedItem[], classes: readonly ItemClass[]): string {
  const own = ownTargets(classes).map(({ to, name }) => ({ key: to.slice('own.'.length), to, name }));
  const twice = new Set(
    own.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index || Object.values(TARGET_NAMES).includes(name)),
  );
  const kinds = KINDS.filter((kind) => items.some(({ relations }) => relations.some((one) => one.kind === kind)));
  const heads = [
    ...PLAIN.map((one) => TARGET_NAMES[one]),
    // Two classes may call different things alike.
    ...own.map(({ to, name }) => (twice.has(name) ? to : name)),
    ...kinds.map((kind) => capital(RELATIONS[kind].there)),
  ];
  const lines = items.map((item) => [
    ...PLAIN.map((one) => {
      if (one === 'life') return LIFE[item.life];
      if (one === 'verified') return item.verified === undefined ? '' : new Date(item.verified).toISOString().slice(0, 10);
      return item[one] ?? '';
    }),
    ...own.map(({ key }) => item.attributes[key] ?? ''),
    ...kinds.map((kind) =>
      item.relations
        .filter((one) => one.kind === kind)
        .map(endOf)
        .join('; '),
    ),
  ]);
  return `\uFEFF${[heads, ...lines].map((cells) => csvLine(cells, ';')).join('\r\n')}\r\n`;
}

export const jsonFile = (items: readonly ExportedItem[]): string =>
  `{\n  "usm": "register",\n  "schema": 1,\n  "items": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]\n}\n`;
