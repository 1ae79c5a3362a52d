/** Rows in memory: a table by id, and indexes by other keys. */

export interface Row {
  id: string;
}

/** Rows of a table by something else than their id, kept in step by every put and delete. */
class Index<T extends Row> {
  private readonly rowsByKey = new Map<string, Map<string, T>>();
  private readonly keysById = new Map<string, string[]>();

  constructor(private readonly keysOf: (row: T) => string[]) {}

  put(row: T): void {
    const keys = this.keysOf(row);
    for (const key of this.keysById.get(row.id) ?? []) if (!keys.includes(key)) this.drop(key, row.id);
    if (keys.length === 0) this.keysById.delete(row.id);
    else this.keysById.set(row.id, keys);
    for (const key of keys) {
      const rows = this.rowsByKey.get(key) ?? new Map<string, T>();
      this.rowsByKey.set(key, rows.set(row.id, row));
    }
  }

  delete(id: string): void {
    for (const key of this.keysById.get(id) ?? []) this.drop(key, id);
    this.keysById.delete(id);
  }

  clear(): void {
    this.rowsByKey.clear();
    this.keysById.clear();
  }

  get(key: string): T[] {
    return [...(this.rowsByKey.get(key)?.values() ?? [])];
  }

  private drop(key: string, id: string): void {
    const rows = this.rowsByKey.get(key);
    rows?.delete(id);
    if (rows?.size === 0) this.rowsByKey.delete(key);
  }
}

/** Rows by id, in the order of insertion. */
export class Table<T extends Row> {
  private readonly rows = new Map<string, T>();
  private readonly indexes: Index<T>[] = [];
  private readonly watchers: ((id: string | undefined) => void)[] = [];

  get size(): number {
    return this.rows.size;
  }

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  /** Stores a row. A row changed in place has to be put again before it is found under its new keys. */
  put(row: T): T {
    this.rows.set(row.id, row);
    for (const index of this.indexes) index.put(row);
    for (const tell of this.watchers) tell(row.id);
    return row;
  }

  delete(id: string): boolean {
    for (const index of this.indexes) index.delete(id);
    const was = this.rows.delete(id);
    for (const tell of this.watchers) tell(id);
    return was;
  }

  /** A way to find rows by other keys than their id without looking at every one of them. */
  index(keysOf: (row: T) => string[]): (key: string) => T[] {
    const index = new Index(keysOf);
    this.indexes.push(index);
    for (const row of this.rows.values()) index.put(row);
    return (key) => index.get(key);
  }

  /** To be told the id of every row that is put or deleted from now on; undefined when all rows change at once. */
  watch(tell: (id: string | undefined) => void): void {
    this.watchers.push(tell);
  }

  all(): T[] {
    return [...this.rows.values()];
  }

  find(test: (row: T) => boolean): T | undefined {
    for (const row of this.rows.values()) if (test(row)) return row;
    return undefined;
  }

  filter(test: (row: T) => boolean): T[] {
    return this.all().filter(test);
  }

  load(rows: T[]): void {
    this.rows.clear();
    for (const index of this.indexes) index.clear();
    for (const tell of this.watchers) tell(undefined);
    for (const row of rows) this.put(row);
  }
}
