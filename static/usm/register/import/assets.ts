/** Objects of Jira Assets as their REST API writes them, and any other list of objects, as rows with columns. Pure. */

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const rowsIn = (value: unknown): Row[] => (Array.isArray(value) ? (value as unknown[]).filter(isRow) : []);
const BETWEEN = '; ';

export interface Objects {
  headers: string[];
  rows: string[][];
  kind: 'assets' | 'json';
}

function textIn(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? (value as unknown[]).map(textIn).join(BETWEEN) : JSON.stringify(value);
}

/** In the order in which they first came. */
function table(objects: readonly ReadonlyMap<string, string>[], kind: Objects['kind']): Objects {
  const headers = [...new Set(objects.flatMap((one) => [...one.keys()]))];
  return { headers, rows: objects.map((one) => headers.map((header) => one.get(header) ?? '')), kind };
}

/** A value says itself by what it is: an object it refers to, a status, a person, a group, or a text. */
function valueOf(value: Row): { text: string; key?: string } {
  const { referencedObject, status, user, group, displayValue, searchValue } = value;
  if (isRow(referencedObject)) {
    const key = textIn(referencedObject['objectKey']);
    return { text: textIn(referencedObject['label']) || key, key };
  }
  for (const [part, name] of [
    [status, 'name'],
    [user, 'displayName'],
    [group, 'name'],
  ] as const)
    if (isRow(part)) return { text: textIn(part[name]) };
  return { text: textIn(displayValue ?? value['value'] ?? searchValue) };
}

const isAsset = (row: Row): boolean => typeof row['objectKey'] === 'string' && Array.isArray(row['attributes']);

function assetOf(row: Row, names: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>([
    ['Key', textIn(row['objectKey'])],
    ['Label', textIn(row['label'])],
  ]);
  if (isRow(row['objectType'])) found.set('Object type', textIn(row['objectType']['name']));
  for (const attribute of rowsIn(row['attributes'])) {
    const own = attribute['objectTypeAttribute'];
    const name = (isRow(own) ? textIn(own['name']) : '') || names.get(textIn(attribute['objectTypeAttributeId'])) || '';
    if (name === '' || found.has(name)) continue;
    const values = rowsIn(attribute['objectAttributeValues']).map(valueOf);
    found.set(name, values.map(({ text }) => text).join(BETWEEN));
    const keys = values.flatMap(({ key }) => (key === undefined || key === '' ? [] : [key]));
    if (keys.length > 0) found.set(`${name} (key)`, keys.join(BETWEEN));
  }
  return found;
}

/** A relation in a file of ours, as a cell says it. */
function endOf(relation: Row): string {
  const [to, group, need] = [textIn(relation['to']), textIn(relation['group']), textIn(relation['need'])];
  return group === '' ? to : `${to} [${group}${need === '' ? '' : ` ${need}`}]`;
}

/** An item of a file that was exported here. */
function itemOf(row: Row): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(row)) {
    if (name === 'attributes' && isRow(value)) for (const [own, text] of Object.entries(value)) found.set(`own.${own}`, textIn(text));
    else if (name === 'relations')
      for (const relation of rowsIn(value)) {
        const header = `rel.${textIn(relation['kind'])}`;
        found.set(header, [...(found.has(header) ? [found.get(header) ?? ''] : []), endOf(relation)].join(BETWEEN));
      }
    else if (name === 'verified' && typeof value === 'number') found.set(name, new Date(value).toISOString().slice(0, 10));
    else found.set(name, textIn(value));
  }
  return found;
}

/** undefined: there is no list of objects in it. */
export function objectsIn(raw: unknown): Objects | undefined {
  const root = isRow(raw) ? raw : {};
  const list = Array.isArray(raw) ? raw : (root['values'] ?? root['objectEntries'] ?? root['items'] ?? root['objects']);
  const rows = rowsIn(list);
  const [first] = rows;
  if (!first) return undefined;
  if (root['usm'] === 'register') return table(rows.map(itemOf), 'json');
  if (!isAsset(first))
    return table(
      rows.map((row) => new Map(Object.entries(row).map(([name, value]) => [name, textIn(value)]))),
      'json',
    );
  const names = new Map(rowsIn(root['objectTypeAttributes']).map((one) => [textIn(one['id']), textIn(one['name'])]));
  return table(
    rows.map((row) => assetOf(row, names)),
    'assets',
  );
}
