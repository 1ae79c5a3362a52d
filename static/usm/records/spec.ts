/** What differs between the kinds of records: how they are read, listed, written and kept. */
import type { ComponentType, ReactNode } from 'react';
import type { AgreementFinding, Person, Trouble, WritingChoices } from '../../../src/contract';
import type { Json, KeyOf } from '../agreements/edit/merge';
import type { PickKind } from '../editing/pick';

export interface Kept<Row> {
  record: Row;
  rowVersion: number;
}
export interface Page<Row> {
  state: 'ok';
  rows: Kept<Row>[];
  total: number;
  after?: string | undefined;
  people: Person[];
  keeps: boolean;
}
export type SavedRecord<Row> =
  | { state: 'ok'; record: Row; rowVersion: number; findings: AgreementFinding[] }
  | { state: 'stale'; text: string; now: Kept<Row> }
  | { state: 'refused'; wrong: AgreementFinding[] }
  | Trouble;

export interface FieldsProps {
  calendars: WritingChoices['calendars'];
  /** Its id is still to be chosen. */
  isNew: boolean;
}

export interface Spec<Row extends { id: string; name: string }, Form extends Json> {
  /** Of its pages. */
  path: string;
  /** "a party"; and without the article. */
  one: string;
  bare: string;
  many: string;
  about: string;
  /** Where there is none yet: why it matters, and what to do. */
  none: string;
  list: (asked: { search: string; after?: string }) => Promise<Page<Row> | Trouble>;
  save: (asked: Kept<Row>) => Promise<SavedRecord<Row>>;
  heads: readonly string[];
  cells: (row: Row, nameOf: (id: string) => string) => readonly ReactNode[];
  blank: () => Form;
  formOf: (row: Row) => Form;
  /** The record absent: something cannot be kept as it was typed. */
  read: (form: Form) => { record?: Row; wrong: ReadonlyMap<string, string> };
  keys: KeyOf;
  labels: Readonly<Record<string, string>>;
  peopleIn: (form: Form) => readonly string[];
  /** Other records that it names. */
  named: (form: Form) => readonly { kind: PickKind; id: string }[];
  Fields: ComponentType<FieldsProps>;
  /** What stands beside the editor. */
  Beside?: ComponentType<{ form: Form; id: string; rowVersion: number }>;
}

/** An id from a name: Sint Lucas Ziekenhuis is sint-lucas-ziekenhuis. */
export const idFrom = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');

export const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
