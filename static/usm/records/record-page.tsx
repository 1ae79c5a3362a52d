/** One record is read and written; two who write the same are told field by field. */
import Button from '@atlaskit/button/new';
import { type FormEvent, type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import type { Trouble, WritingChoices } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { Live } from '../../shared/hidden';
import { Message } from '../../shared/message';
import { Skeleton } from '../../shared/skeleton';
import { useAddress } from '../../setup/ui/address';
import { Failed } from '../../setup/ui/failed';
import layout from '../../setup/ui/layout.module.css';
import { PageHead } from '../../setup/ui/page-head';
import { useReading } from '../../setup/ui/use-reading';
import { counted } from '../../setup/ui/words';
import { call } from '../agreements/call';
import { Crumbs } from '../agreements/crumbs';
import type { Json } from '../agreements/edit/merge';
import { DraftingProvider } from '../editing/drafting';
import { Jumps } from '../editing/findings';
import { Leaving } from '../editing/leaving';
import { NamesProvider, useNames } from '../editing/names';
import { KINDS } from '../editing/pick';
import { Questions } from '../editing/questions';
import { TimeZones } from '../editing/time-zones';
import { type Editor, type Saved, useEditor } from '../editing/use-editor';
import { Instead } from '../instead';
import { listPath, NEW, recordPath } from './address';
import type { Kept, Spec } from './spec';
import { labelOf, plural, wordsOf } from './words';

const LINES = [
  { height: 40, width: '50%' },
  { height: 240, width: '100%' },
];

interface Opened {
  state: 'ok';
  /** As it is kept; rowVersion 0: it is new. */
  form: Json;
  id: string;
  rowVersion: number;
  choices: WritingChoices;
  known: ReadonlyMap<string, string>;
  keeps: boolean;
}

/** What the records that it names are called. */
async function namesIn(named: readonly { kind: keyof typeof KINDS; id: string }[]): Promise<Map<string, string>> {
  const found = await Promise.all(named.map(async ({ kind, id }) => (await KINDS[kind].find(id)).find((one) => one.id === id)));
  return new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])));
}

async function opened<Row extends { id: string; name: string }, Form extends Json>(spec: Spec<Row, Form>, id: string): Promise<Opened | Trouble> {
  const [choices, page] = await Promise.all([call('records.choices', {}), spec.list({ search: id === NEW ? '' : id })]);
  if (isTrouble(choices)) return choices;
  if (isTrouble(page)) return page;
  if (id === NEW) return { state: 'ok', form: spec.blank(), id: '', rowVersion: 0, choices, known: new Map(), keeps: page.keeps };
  const there = page.rows.find(({ record }) => record.id === id);
  if (!there)
    return {
      state: 'error',
      code: 'person.notFound',
      text: `There is no ${spec.bare} with the id ${id}. Look for it in the list.`,
      reference: `page-${spec.path}`,
    };
  const form = spec.formOf(there.record);
  const known = new Map([...page.people.map(({ accountId, name }) => [accountId, name] as const), ...(await namesIn(spec.named(form)))]);
  return { state: 'ok', form, id, rowVersion: there.rowVersion, choices, known, keeps: page.keeps };
}

async function saved<Row extends { id: string; name: string }, Form extends Json>(
  spec: Spec<Row, Form>,
  form: Form,
  rowVersion: number,
): Promise<Saved<Form>> {
  const { record } = spec.read(form);
  if (!record) return { state: 'refused', wrong: [] };
  const answer = await spec.save({ record, rowVersion });
  if (isTrouble(answer) || answer.state === 'refused') return answer;
  const kept = ({ record: row, rowVersion: version }: Kept<Row>) => ({ form: spec.formOf(row), rowVersion: version });
  if (answer.state === 'ok') return { state: 'ok', kept: kept(answer), findings: answer.findings };
  // What is new stands in nobody's way: another has the id.
  if (rowVersion === 0)
    return {
      state: 'refused',
      wrong: [{ kind: 'taken', text: `“${answer.now.record.name}” has the id ${record.id} already. Give another id.`, path: 'id' }],
    };
  return { state: 'stale', text: answer.text, kept: kept(answer.now) };
}

function Body<Row extends { id: string; name: string }, Form extends Json>({
  spec,
  at,
  editor,
  onSave,
}: {
  spec: Spec<Row, Form>;
  at: Opened;
  editor: Editor<Form>;
  onSave: () => void;
}) {
  const { nameOf } = useNames();
  const { form, kept, wrong, set, theirs, questions, open, busy, trouble, refused, findings, changed, tried, bad } = editor;
  const { Fields, Beside, bare, labels } = spec;
  const drafting = useMemo(() => ({ form, wrong, set }), [form, wrong, set]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const saves = (event.key === 'Enter' || event.key.toLowerCase() === 's') && (event.ctrlKey || event.metaKey);
    if (!saves) return;
    event.preventDefault();
    onSave();
  };
  const notes = [...findings, ...refused];
  return (
    <DraftingProvider value={drafting}>
      <TimeZones />
      {trouble && <Failed trouble={trouble} title={`The ${bare} was not saved`} retry={onSave} />}
      {notes.length > 0 && (
        <Message
          alert={refused.length > 0}
          tone={refused.length > 0 ? 'danger' : 'warning'}
          title={refused.length > 0 ? 'Nothing was saved' : 'Saved, and to be mended'}
        >
          <Jumps all={notes} />
        </Message>
      )}
      {theirs && (
        <Questions
          text={theirs.text}
          questions={questions}
          chosen={theirs.chosen}
          open={open}
          busy={busy}
          labelOf={(path) => labelOf(path, labels, nameOf)}
          wordsOf={(value) => wordsOf(value, nameOf)}
          onChoose={editor.choose}
          onSave={() => void editor.saveOver()}
        />
      )}
      <div className={Beside ? layout['columns'] : layout['page']}>
        <form
          noValidate
          className={layout['page']}
          aria-label={`The ${bare}`}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            onSave();
          }}
          onKeyDown={onKeyDown}
        >
          <fieldset className={layout['page']} disabled={!at.keeps}>
            <Fields calendars={at.choices.calendars} isNew={kept.rowVersion === 0} />
          </fieldset>
          {at.keeps && (
            <footer className={layout['foot']}>
              <p className={layout['first']}>
                {tried && bad > 0
                  ? `${counted(bad, 'place')} to correct before it can be saved.`
                  : changed
                    ? 'Changed, not saved yet.'
                    : kept.rowVersion === 0
                      ? 'Nothing is written yet.'
                      : 'Everything is saved.'}
              </p>
              {changed && (
                <Button appearance="subtle" onClick={editor.discard}>
                  Discard changes
                </Button>
              )}
              <Button appearance="primary" type="submit" isDisabled={!changed || theirs !== undefined} isLoading={busy}>
                Save {bare}
              </Button>
            </footer>
          )}
        </form>
        {Beside && (
          <div className={layout['side']}>
            <Beside form={form} id={at.id} rowVersion={kept.rowVersion} />
          </div>
        )}
      </div>
    </DraftingProvider>
  );
}

function Writing<Row extends { id: string; name: string }, Form extends Json>({ spec, at }: { spec: Spec<Row, Form>; at: Opened }) {
  const { go } = useAddress();
  const [told, setTold] = useState('');
  const editor = useEditor<Form>({
    begin: useMemo(() => ({ form: at.form as Form, rowVersion: at.rowVersion }), [at]),
    keys: spec.keys,
    wrongIn: useCallback((form: Form) => spec.read(form).wrong, [spec]),
    save: (form, rowVersion) => saved(spec, form, rowVersion),
  });
  const { form, kept, changed, busy, theirs } = editor;
  const onSave = (): void => {
    if (busy || theirs || !changed) return;
    setTold('');
    void editor.save().then((well) => setTold(well ? `The ${spec.bare} is saved.` : ''));
  };
  const { record } = spec.read(form);
  // What was new has an address of its own from now on.
  const made = at.rowVersion === 0 && kept.rowVersion > 0 && !changed;
  return (
    <NamesProvider known={at.known} people={spec.peopleIn(form)}>
      <PageHead title={record?.name ?? (at.rowVersion === 0 ? `Write ${spec.one}` : at.id)}>
        {made && record && (
          <Button appearance="subtle" onClick={() => go(recordPath(spec.path, record.id))}>
            Open {record.name}
          </Button>
        )}
        <Button appearance="subtle" onClick={() => go(listPath(spec.path))}>
          See all {plural(spec)}
        </Button>
      </PageHead>
      <Leaving unsaved={changed} what={`this ${spec.bare}`} />
      <Live>{told}</Live>
      <Body spec={spec} at={{ ...at, id: record?.id ?? at.id }} editor={editor} onSave={onSave} />
    </NamesProvider>
  );
}

export function RecordPage<Row extends { id: string; name: string }, Form extends Json>({ spec, id }: { spec: Spec<Row, Form>; id: string }) {
  const first = useCallback(() => opened(spec, id), [spec, id]);
  const { answer, trouble, again } = useReading<Opened>(first);
  return (
    <>
      <Crumbs way={[{ to: listPath(spec.path), name: spec.many }]} here={id === NEW ? 'new' : id} />
      {answer ? (
        <Writing key={answer.id} spec={spec} at={answer} />
      ) : trouble ? (
        <Instead trouble={trouble} subject={`The ${spec.bare}`} retry={again} />
      ) : (
        <Skeleton subject={`the ${spec.bare}`} lines={LINES} />
      )}
    </>
  );
}
