/** One thing that is being written: what is kept of it, what was typed over it, and what came of saving. What was typed stays, whatever the answer is. */
import { useCallback, useMemo, useState } from 'react';
import type { AgreementFinding, Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { differencesOf, equal, type Json, type KeyOf, keyOfPath, merged, type Side } from '../agreements/edit/merge';
import { idOf, outwards, withValue } from './places';

/** As it is kept. */
export interface Kept<Form> {
  form: Form;
  rowVersion: number;
}

export type Saved<Form> =
  | { state: 'ok'; kept: Kept<Form>; findings: readonly AgreementFinding[] }
  | { state: 'stale'; text: string; kept: Kept<Form> }
  | { state: 'refused'; wrong: readonly AgreementFinding[] }
  | Trouble;

interface State<Form> {
  kept: Kept<Form>;
  form: Form;
  /** What was told of what is kept. */
  findings: readonly AgreementFinding[];
  refused: readonly AgreementFinding[];
  /** Somebody else was faster: theirs, and what was chosen of it so far. */
  theirs?: { text: string; kept: Kept<Form>; chosen: ReadonlyMap<string, Side> };
  trouble?: Trouble;
  /** What the page would not send was looked at once. */
  tried: boolean;
  busy: boolean;
}

export interface Rules<Form> {
  begin: Kept<Form>;
  findings?: readonly AgreementFinding[];
  keys: KeyOf;
  /** Place -> what cannot be kept as it was typed. */
  wrongIn: (form: Form) => ReadonlyMap<string, string>;
  save: (form: Form, rowVersion: number) => Promise<Saved<Form>>;
}

/** The first element there is at a place, or around it. */
export function focusPlace(path: string): void {
  for (const place of outwards(path)) {
    const element = document.getElementById(idOf(place)) ?? document.getElementById(`${idOf(place)}-add`);
    if (element) return element.focus();
  }
}

const touches = (path: string, other: string | undefined): boolean =>
  other !== undefined && (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`));

export function useEditor<Form extends Json>({ begin, findings: first = [], keys, wrongIn, save }: Rules<Form>) {
  const [state, setState] = useState<State<Form>>({ kept: begin, form: begin.form, findings: first, refused: [], tried: false, busy: false });
  const { kept, form, theirs, tried } = state;
  const set = useCallback(
    (path: string, value: Json) =>
      setState((before) => ({
        ...before,
        form: withValue(before.form, path, value) as Form,
        // What was said of a place is not true of what is typed there now.
        findings: before.findings.filter((one) => !touches(path, one.path)),
        refused: before.refused.filter((one) => !touches(path, one.path)),
      })),
    [],
  );
  const changed = !equal(kept.form, form);
  const shape = useMemo(() => wrongIn(form), [wrongIn, form]);

  /** What is wrong where: what the page sees itself once it was asked to save, and what was answered. */
  const wrong = useMemo(() => {
    const told = [...state.findings, ...state.refused].flatMap(({ path, text }) => (path === undefined ? [] : [[path, text] as const]));
    return new Map([...told, ...(tried ? shape : [])]);
  }, [state.findings, state.refused, tried, shape]);

  const questions = theirs ? differencesOf<Json>(kept.form, form, theirs.kept.form, keys) : [];
  const open = questions.filter(({ path, both }) => both && !theirs?.chosen.has(keyOfPath(path)));

  const send = async (next: Form, over: Kept<Form>): Promise<boolean> => {
    const places = wrongIn(next);
    const [bad] = places.keys();
    if (bad !== undefined) {
      setState((before) => ({ ...before, tried: true }));
      window.setTimeout(() => focusPlace(bad));
      return false;
    }
    setState((before) => ({ ...before, busy: true, tried: true }));
    const answer = await save(next, over.rowVersion);
    setState((before) => {
      const { trouble: _trouble, theirs: _theirs, ...rest } = { ...before, busy: false };
      if (isTrouble(answer)) return { ...rest, ...(before.theirs && { theirs: before.theirs }), trouble: answer };
      if (answer.state === 'refused') return { ...rest, refused: answer.wrong };
      if (answer.state === 'stale') return { ...rest, refused: [], theirs: { text: answer.text, kept: answer.kept, chosen: new Map() } };
      // What was typed while it was sent is typed still.
      const form = merged<Json>(next, before.form, answer.kept.form, keys) as Form;
      return { ...rest, refused: [], tried: false, kept: answer.kept, findings: answer.findings, form };
    });
    return !isTrouble(answer) && answer.state === 'ok';
  };

  return {
    ...state,
    set,
    changed,
    wrong,
    /** Places that cannot be kept as they were typed. */
    bad: shape.size,
    questions,
    /** Questions that only a person can answer. */
    open: open.length,
    choose: (path: readonly string[], side: Side): void =>
      setState((before) =>
        before.theirs ? { ...before, theirs: { ...before.theirs, chosen: new Map([...before.theirs.chosen, [keyOfPath(path), side]]) } } : before,
      ),
    save: () => send(form, kept),
    /** What was chosen, over what the other kept. */
    saveOver: async (): Promise<boolean> => {
      if (!theirs) return false;
      const next = merged<Json>(kept.form, form, theirs.kept.form, keys, theirs.chosen) as Form;
      setState(({ theirs: _theirs, ...before }) => ({ ...before, kept: theirs.kept, form: next }));
      return send(next, theirs.kept);
    },
    discard: () => setState((before) => ({ ...before, form: before.kept.form, refused: [], tried: false })),
  };
}
export type Editor<Form extends Json> = ReturnType<typeof useEditor<Form>>;
