/** Writes the attributes of an item by hand: those that nobody manages, and managed ones with a reason where the setting lets it be. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useMemo, useState } from 'react';
import type { ItemDetail, RegisterFinding } from '../../../../src/contract';
import { COMMON_ATTRIBUTES } from '../../../../src/contract/register';
import { isTrouble } from '../../../shared/call';
import { Field } from '../../../shared/field';
import { Message } from '../../../shared/message';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { Option } from '../../../setup/ui/option';
import { DraftingProvider } from '../../editing/drafting';
import { Jumps } from '../../editing/findings';
import { Leaving } from '../../editing/leaving';
import { NamesProvider } from '../../editing/names';
import { Questions } from '../../editing/questions';
import { type Saved, useEditor } from '../../editing/use-editor';
import { call } from '../call';
import { changedOf, formOf, type ItemForm, nameOfAttribute, placeOfPath, readItem } from '../edit/form';
import { ItemFields } from '../edit/item-fields';

interface EditProps {
  detail: ItemDetail;
  onDone: (detail: ItemDetail, told: string) => void;
  onClose: () => void;
}

const placed = (wrong: readonly RegisterFinding[]) =>
  wrong.map(({ kind, text, path }) => ({ kind, text, ...(path !== undefined && { path: placeOfPath(path) }) }));

const keptOf = (detail: ItemDetail) => ({ form: formOf(detail.item, detail.class), rowVersion: detail.version });

/** Why managed attributes cannot be typed, where they cannot. */
function reasonAgainst({ lock, directEdit }: ItemDetail): string | undefined {
  if (lock) return `Its managed attributes are written by ${lock.shown ? `${lock.workItem.key}, the` : 'a'} change that is running.`;
  return directEdit === 'block' ? 'Its managed attributes change by a Request for Change alone; that is the setting here.' : undefined;
}

export function EditItem({ detail, onDone, onClose }: EditProps) {
  const { item, class: of } = detail;
  const [managedToo, setManagedToo] = useState(false);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const [begin] = useState(() => keptOf(detail));
  const against = reasonAgainst(detail);
  const names = useMemo(() => {
    const ends = [detail.keeper, detail.supplier, detail.uc].flatMap((one) => (one ? [[one.id, one.name] as const] : []));
    return new Map(ends);
  }, [detail]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  const editor = useEditor<ItemForm>({
    begin,
    keys: () => undefined,
    wrongIn: (form) => readItem(form, of, item.attributes).wrong,
    save: async (form, version): Promise<Saved<ItemForm>> => {
      const { item: next } = readItem(form, of, item.attributes);
      if (!next) return { state: 'refused', wrong: [] };
      const answer = await call('register.save', {
        item: { ...next, key: item.key },
        version,
        ...(why.trim() !== '' && { why: why.trim() }),
      });
      if (isTrouble(answer)) return answer;
      if (answer.state === 'refused') return { state: 'refused', wrong: placed(answer.wrong) };
      if (answer.state === 'stale') return { state: 'stale', text: answer.text, kept: keptOf(answer.now) };
      window.setTimeout(() => onDone(answer, `${answer.item.key} is saved.`));
      return { state: 'ok', kept: keptOf(answer), findings: [] };
    },
  });
  const { form, wrong, set, changed, busy, trouble, refused, theirs, questions, open, kept } = editor;
  const managed = changedOf(kept.form, form).filter((key) => of.managed.includes(key));
  const free = COMMON_ATTRIBUTES.length + of.attributes.length - of.managed.length;
  const lacksWhy = managed.length > 0 && why.trim() === '';
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (busy || theirs || !changed) return;
    if (lacksWhy) return document.getElementById('why')?.focus();
    void editor.save();
  };
  const drafting = useMemo(() => ({ form, wrong, set }), [form, wrong, set]);
  const labelOf = ([first = '', second]: readonly string[]): string => nameOfAttribute(second ?? first, of);
  return (
    <NamesProvider known={names} people={[]}>
      <DraftingProvider value={drafting}>
        <Leaving unsaved={changed} what={item.key} />
        <form
          noValidate
          className={layout['card']}
          aria-label={`Edit ${item.key}`}
          onSubmit={onSubmit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
          }}
        >
          <h2>Edit attributes</h2>
          {against === undefined ? (
            <Option
              type="checkbox"
              name="managed"
              title="Change managed attributes too, without a work item"
              text="It is recorded as changed without a work item, with your name and reason. A Request for Change is the way."
              checked={managedToo}
              onChange={setManagedToo}
            />
          ) : (
            <p>{against}</p>
          )}
          {trouble && <Failed trouble={trouble} title="Nothing was saved" />}
          {refused.length > 0 && (
            <Message alert tone="danger" title="Nothing was saved">
              <Jumps all={refused} />
            </Message>
          )}
          {theirs && (
            <Questions
              text={theirs.text}
              questions={questions}
              chosen={theirs.chosen}
              open={open}
              busy={busy}
              labelOf={labelOf}
              wordsOf={(value) => (typeof value === 'string' && value !== '' ? nameOf(value) : 'nothing')}
              onChoose={editor.choose}
              onSave={() => void editor.saveOver()}
            />
          )}
          {free === 0 && <p>Every attribute of {of.name.toLowerCase()} is managed, so nothing of it is written by hand.</p>}
          <ItemFields attributes={of.attributes} may={(key) => !of.managed.includes(key) || (managedToo && against === undefined)} />
          {managed.length > 0 && (
            <Field
              label={`Why ${managed.map((key) => nameOfAttribute(key, of)).join(', ')} changes without a work item`}
              id="why"
              problem={asked && lacksWhy ? 'Say why; it stays in the history.' : undefined}
            >
              {(aria) => <textarea {...aria} rows={2} maxLength={1_000} value={why} onChange={(event) => setWhy(event.target.value)} />}
            </Field>
          )}
          <footer className={layout['foot']}>
            <p className={layout['first']}>{changed ? 'Changed, not saved yet.' : 'Nothing is changed yet.'}</p>
            <Button appearance="subtle" onClick={onClose}>
              Leave as it is
            </Button>
            <Button appearance="primary" type="submit" isDisabled={!changed || theirs !== undefined} isLoading={busy}>
              Save the item
            </Button>
          </footer>
        </form>
      </DraftingProvider>
    </NamesProvider>
  );
}
