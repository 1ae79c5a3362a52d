/** What a dialog of a work item makes of what is typed, without a browser. */
import { describe, expect, it } from 'vitest';
import type { DeedField, Evaluation } from '../../src/contract';
import { inputsOf, momentInput, problemsOf, valuesOf } from '../../static/deed/draft';
import { answersAtFirst, openQuestion, optionsOf, wordless, wordsOf } from '../../static/deed/evaluation';

const field = (part: Partial<DeedField> & Pick<DeedField, 'key' | 'kind'>): DeedField => ({ name: 'Plan', help: '', required: true, ...part });

const FIELDS: DeedField[] = [
  field({ key: 'plan', kind: 'paragraph', value: 'As before' }),
  field({ key: 'windowStart', kind: 'moment', name: 'Window start' }),
  field({ key: 'baseline', kind: 'number', name: 'Value today' }),
  field({ key: 'layer', kind: 'options', name: 'What it touches', value: ['1'] }),
  field({ key: 'itemsToChange', kind: 'labels', name: 'Items to change', required: false, value: ['SW-1', 'SW-2'] }),
];

describe('the fields of a deed', () => {
  it('say what is missing, and what cannot be read', () => {
    expect(problemsOf(FIELDS, { ...inputsOf(FIELDS), baseline: 'many', layer: [] })).toEqual({
      windowStart: 'Set window start.',
      baseline: 'Write a number.',
      layer: 'Choose what it touches.',
    });
  });

  it('send only what is different, in the form of its kind', () => {
    const at = new Date(2026, 10, 24, 12, 31).getTime();
    expect(valuesOf(FIELDS, inputsOf(FIELDS))).toEqual({});
    const typed = { ...inputsOf(FIELDS), windowStart: momentInput(at), baseline: ' 4.5 ', layer: ['1', '3'], itemsToChange: 'SW-1' };
    expect(valuesOf(FIELDS, typed)).toEqual({ windowStart: at, baseline: 4.5, layer: ['1', '3'], itemsToChange: ['SW-1'] });
  });

  it('empty what was emptied, and send whoever was proposed', () => {
    expect(valuesOf(FIELDS, { ...inputsOf(FIELDS), itemsToChange: ' ' })).toEqual({ itemsToChange: '' });
    const who = [field({ key: 'assignee', kind: 'user', value: 'a1', valueName: 'Amira' })];
    expect(valuesOf(who, inputsOf(who))).toEqual({ assignee: 'a1' });
  });
});

const question = (usual: string, other: string, preset?: 'other'): Evaluation['questions'][number] => ({
  text: '?',
  usual,
  other,
  yesIsUsual: true,
  ask: '',
  ...(preset && { preset }),
});
const EVALUATION: Evaluation = {
  figures: { gross: 0, waited: 0, reworks: 0, reopens: 0, path: 'W4', handoffs: 0 },
  questions: [question('Good', 'Bad'), question('No lesson', 'A lesson', 'other'), question('Nothing', 'Something')],
};
const CHOICES = field({
  key: 'evaluation',
  kind: 'options',
  options: ['Good', 'Bad', 'No lesson', 'A lesson', 'Nothing', 'Something'].map((name, id) => ({ value: String(id), name })),
});

describe('the evaluation', () => {
  it('stays open until every question is answered and every unusual answer is told', () => {
    const first = answersAtFirst(EVALUATION);
    expect(first).toEqual([undefined, 'other', undefined]);
    expect(openQuestion(first)).toBe(0);
    expect(openQuestion(['usual', 'other', undefined])).toBe(2);
    expect(openQuestion(['usual', 'other', 'usual'])).toBeUndefined();
    expect(wordless(EVALUATION, ['usual', 'other', 'other'], ['', ' ', ''])).toBe(1);
    // The last one is told by its follow-ups.
    expect(wordless(EVALUATION, ['usual', 'usual', 'other'], ['', '', ''])).toBeUndefined();
  });

  it('is recorded as one answer a question, with a line for each that is not as usual', () => {
    const answers = ['usual', 'other', 'other'] as const;
    expect(optionsOf(EVALUATION, answers, CHOICES)).toEqual(['0', '3', '5']);
    expect(wordsOf(EVALUATION, answers, ['', ' Tell them sooner. ', ''], [{ id: 'x', type: 'improvement', summary: 'Tell Workplace' }])).toBe(
      'A lesson: Tell them sooner.\nSomething: Tell Workplace',
    );
  });
});
