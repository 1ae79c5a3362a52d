/** What every column means: by name, by an earlier file, or as the person says; and the two questions that no file answers. */
import Button from '@atlaskit/button/new';
import { LIFE } from '../../../../src/contract/register-import';
import type { DateOrder, ImportSetup } from '../../../../src/contract';
import { Mark } from '../../../shared/mark';
import layout from '../../../setup/ui/layout.module.css';
import { Option } from '../../../setup/ui/option';
import { Select } from '../../../setup/ui/select';
import table from '../../../setup/ui/table.module.css';
import control from '../../../shared/control.module.css';
import { counted } from '../../../setup/ui/words';
import { number } from '../words';
import { SEPARATORS } from './csv';
import { ENCODINGS } from './encoding';
import { choicesFor, type Column, targets, unmatched, wordsOf } from './guess';
import styles from './import.module.css';
import { type Importing, SEPARATOR_NAMES, type Chosen } from './use-import';

const DATES: readonly { value: DateOrder; name: string }[] = [
  { value: 'ymd', name: 'year-month-day' },
  { value: 'dmy', name: 'day-month-year' },
  { value: 'mdy', name: 'month-day-year' },
];
const WHY: Record<Column['why'], string> = {
  name: 'by name',
  earlier: 'by earlier import',
  chosen: 'chosen by you',
  none: 'choose, or leave it out',
};

const firstValues = (file: Chosen, index: number): string =>
  [...new Set(file.read.rows.slice(0, 20).flatMap(({ cells }) => cells[index]?.trim() || []))].slice(0, 3).join('; ') || 'empty';

/** A column as it stands: how sure that is, and what of it is still open. */
function sureness(
  column: Column,
  open: readonly [string, number][],
  keys: Importing['keys'],
): { kind: 'met' | 'later' | 'unmet' | 'nothing'; text: string } {
  if (column.to === undefined) return { kind: 'unmet', text: WHY.none };
  if (column.to === 'leave') return { kind: 'nothing', text: column.why === 'earlier' ? WHY.earlier : WHY.chosen };
  const [first] = open;
  if (first) return { kind: 'later', text: `“${first[0]}” (${counted(first[1], 'row')}) is not matched` };
  if (column.to === 'key' && keys)
    return { kind: 'met', text: `${number(keys.known)} of the first ${counted(keys.of, 'key')} ${keys.known === 1 ? 'exists' : 'exist'}` };
  return { kind: 'met', text: WHY[column.why] };
}

interface LineProps {
  column: Column;
  index: number;
  file: Chosen;
  setup: ImportSetup;
  importing: Importing;
}

function Line({ column, index, file, setup, importing }: LineProps) {
  const words = choicesFor(column.to, setup) && wordsOf(file.read.rows, index);
  const open = words ? unmatched(column, words, setup) : [];
  const { kind, text } = sureness(column, open, importing.keys);
  const isDay =
    column.to === 'verified' ||
    setup.classes.some(({ attributes }) => attributes.some((one) => one.kind === 'date' && `own.${one.key}` === column.to));
  return (
    <tr>
      <th scope="row">{column.header || `Column ${String(index + 1)}`}</th>
      <td>
        <div className={styles['value']}>{firstValues(file, index)}</div>
      </td>
      <td>
        <Select<string>
          label={`Attribute for ${column.header}`}
          value={column.to ?? ''}
          options={[
            ...(column.to === undefined ? [{ value: '', name: 'Choose' }] : []),
            ...targets(setup.classes).map(({ to, name }) => ({ value: to, name })),
          ]}
          onChange={(to) => importing.setColumn(index, { ...column, to, why: 'chosen', values: {} })}
        />
      </td>
      <td>
        <span className={styles['head']}>
          <Mark kind={kind} />
          {text}
        </span>
      </td>
      <td>
        {isDay ? (
          <Select
            label={`How days are written in ${column.header}`}
            value={column.dates}
            options={DATES}
            onChange={(dates) => importing.setColumn(index, { ...column, dates })}
          />
        ) : words ? (
          `${String(words.size - open.length)} of ${counted(words.size, 'value')}`
        ) : column.to === 'leave' || column.to === undefined ? (
          ''
        ) : column.to === 'key' ? (
          'finds the item'
        ) : (
          'as it is'
        )}
      </td>
    </tr>
  );
}

function Values({ column, index, file, setup, importing }: LineProps) {
  const choices = choicesFor(column.to, setup);
  const words = choices && wordsOf(file.read.rows, index);
  if (!choices || !words || (unmatched(column, words, setup).length === 0 && Object.keys(column.values).length === 0)) return null;
  const open = new Map(unmatched({ ...column, values: {} }, words, setup));
  return (
    <section className={layout['card']} aria-label={`Values of ${column.header}`}>
      <h2>Values of “{column.header}”</h2>
      {[...open].map(([word, count]) => (
        <div key={word} className={styles['values']}>
          <strong>{word}</strong>
          <span className={layout['small']}>{counted(count, 'row')}</span>
          <Select<string>
            label={`${word} means`}
            value={column.values[word] ?? ''}
            options={[{ value: '', name: 'Choose' }, ...choices]}
            onChange={(value) =>
              importing.setColumn(index, {
                ...column,
                values: {
                  ...Object.fromEntries(Object.entries(column.values).filter(([one]) => one !== word)),
                  ...(value !== '' && { [word]: value }),
                },
              })
            }
          />
        </div>
      ))}
    </section>
  );
}

function Questions({ importing, setup }: { importing: Importing; setup: ImportSetup }) {
  const { rules, setRules, setRight, columns } = importing;
  const hasClass = columns.some(({ to }) => to === 'class');
  return (
    <>
      <section className={layout['card']} aria-labelledby="recognised">
        <h2 id="recognised">How items are recognised</h2>
        <Option type="radio" name="recognise" title="By key" checked={rules.recognise === 'key'} onChange={() => setRules({ recognise: 'key' })} />
        <Option
          type="radio"
          name="recognise"
          title="By what makes an item of its class"
          text={setup.classes
            .filter(({ identity }) => identity.length > 0)
            .map(({ name }) => name)
            .join(', ')}
          checked={rules.recognise === 'identity'}
          onChange={() => setRules({ recognise: 'identity' })}
        />
      </section>
      <section className={layout['card']} aria-labelledby="right">
        <h2 id="right">Who is right when both changed</h2>
        <Option type="radio" name="right" title="The file" checked={rules.right === 'file'} onChange={() => setRight('file')} />
        <Option type="radio" name="right" title="Ask me, per item" checked={rules.right === 'ask'} onChange={() => setRight('ask')} />
        <Option type="radio" name="right" title="The register" checked={rules.right === 'register'} onChange={() => setRight('register')} />
      </section>
      <section className={layout['card']} aria-labelledby="besides">
        <h2 id="besides">What the file does not say</h2>
        {!hasClass && (
          <Select<string>
            label="Class of every row"
            value={rules.class ?? ''}
            options={[{ value: '', name: 'Choose a class' }, ...setup.classes.map(({ key, name }) => ({ value: key, name }))]}
            onChange={(value) => setRules({ class: value === '' ? undefined : value })}
          />
        )}
        <Select
          label="Life cycle of new items"
          value={rules.life}
          options={(Object.keys(LIFE) as (keyof typeof LIFE)[]).map((value) => ({ value, name: `New items: ${LIFE[value]}` }))}
          onChange={(life) => setRules({ life })}
        />
        <label className={layout['lines']}>
          <span className={layout['small']}>Kept as a mapping</span>
          <span className={control['control']}>
            <input value={rules.name} maxLength={60} onChange={({ target }) => setRules({ name: target.value })} />
          </span>
        </label>
      </section>
    </>
  );
}

export function Match({ importing }: { importing: Importing }) {
  const { file, setup, columns, rules } = importing;
  if (!file || !setup) return null;
  const undecided = columns.filter(({ to }) => to === undefined).length;
  const left = columns.filter(({ to }) => to === 'leave').length;
  const missing =
    undecided > 0
      ? `${counted(undecided, 'column')} ${undecided === 1 ? 'is' : 'are'} undecided`
      : rules.recognise === 'key' && !columns.some(({ to }) => to === 'key')
        ? 'No column is the key, by which items are recognised'
        : undefined;
  return (
    <>
      <div className={layout['columns']}>
        <div className={layout['main']}>
          <div className={layout['row']}>
            <h2 className={styles['title']}>Match the columns of the file with attributes of the register</h2>
            <span className={layout['small']}>
              {columns.length - undecided - left} matched, {left} left out, {undecided} undecided
            </span>
          </div>
          {file.read.kind === 'csv' && (
            <div className={layout['row']}>
              <Select
                label="Encoding"
                value={file.read.encoding}
                options={ENCODINGS.map((value) => ({ value, name: `Read as ${value}` }))}
                onChange={(encoding) =>
                  void importing.again({ encoding, ...(file.read.separator !== undefined && { separator: file.read.separator }) })
                }
              />
              <Select
                label="Separator"
                value={file.read.separator ?? ';'}
                options={SEPARATORS.map((value) => ({ value, name: `Columns end with a ${SEPARATOR_NAMES[value]}` }))}
                onChange={(separator) => void importing.again({ separator, encoding: file.read.encoding })}
              />
            </div>
          )}
          <div className={table['scroll']} role="region" aria-label="Columns of the file" tabIndex={0}>
            <table className={`${table['table'] ?? ''} ${styles['match'] ?? ''}`}>
              <thead>
                <tr>
                  {['Column in the file', 'First values', 'Attribute in the register', 'How sure', 'Conversion'].map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {columns.map((column, index) => (
                  <Line key={index} {...{ column, index, file, setup, importing }} />
                ))}
              </tbody>
            </table>
          </div>
        </div>
        <div className={layout['side']}>
          {columns.map((column, index) => (
            <Values key={index} {...{ column, index, file, setup, importing }} />
          ))}
          <Questions importing={importing} setup={setup} />
        </div>
      </div>
      <div className={layout['foot']}>
        <Button onClick={importing.another}>Back</Button>
        <p>{missing}</p>
        <Button appearance="primary" isDisabled={missing !== undefined || importing.busy} onClick={() => void importing.look()}>
          Look before you write
        </Button>
      </div>
    </>
  );
}
