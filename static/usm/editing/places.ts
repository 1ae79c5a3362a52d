/** Places in what is being written: "targets.2.deliver". Pure. */
import type { Json } from '../agreements/edit/merge';

const stepsOf = (path: string): string[] => (path === '' ? [] : path.split('.'));

export function valueAt(root: Json, path: string): Json | undefined {
  let value: Json | undefined = root;
  for (const step of stepsOf(path)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (typeof value === 'object' && value !== null) value = value[step];
    else return undefined;
  }
  return value;
}

export function withValue(root: Json, path: string, value: Json): Json {
  const [step, ...rest] = stepsOf(path);
  if (step === undefined) return value;
  if (Array.isArray(root)) return root.map((one, index) => (String(index) === step ? withValue(one, rest.join('.'), value) : one));
  if (typeof root !== 'object' || root === null) return root;
  return { ...root, [step]: withValue(root[step] ?? '', rest.join('.'), value) };
}

export const textAt = (root: Json, path: string): string => {
  const value = valueAt(root, path);
  return typeof value === 'string' ? value : '';
};

export const listAt = (root: Json, path: string): Json[] => {
  const value = valueAt(root, path);
  return Array.isArray(value) ? value : [];
};

/** Of the element that holds a place. */
export const idOf = (path: string): string => `draft-${path.replaceAll('.', '-')}`;

/** From a place outwards: targets.2.deliver, targets.2, targets. */
export function outwards(path: string): string[] {
  const steps = stepsOf(path);
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('.'));
}
