/** Picture or table: as the address says, else as it was looked at last in this browser. */
import { useCallback, useState } from 'react';
import { report } from '../../../shared/report';
import type { Form } from './view';

/** Of the chain; other pages have keys of their own. */
const CHAIN = 'usm.chain.as';

/** A browser may keep nothing for pages in frames; then nothing is remembered. */
function remembered(key: string): Form {
  try {
    return window.localStorage.getItem(key) === 'table' ? 'table' : 'picture';
  } catch {
    return 'picture';
  }
}

export function useForm(asked: Form | '', key = CHAIN): [Form, (form: Form) => void] {
  const [last, setLast] = useState<Form>(() => remembered(key));
  const remember = useCallback(
    (form: Form): void => {
      setLast(form);
      try {
        window.localStorage.setItem(key, form);
      } catch (error) {
        report('No memory', error);
      }
    },
    [key],
  );
  return [asked === '' ? last : asked, remember];
}
