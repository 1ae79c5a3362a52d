/** Picture or table: as the address says, else as it was looked at last in this browser. */
import { useCallback, useState } from 'react';
import { report } from '../../../shared/report';
import type { Form } from './view';

const KEY = 'usm.chain.as';

/** A browser may keep nothing for pages in frames; then nothing is remembered. */
function remembered(): Form {
  try {
    return window.localStorage.getItem(KEY) === 'table' ? 'table' : 'picture';
  } catch {
    return 'picture';
  }
}

export function useForm(asked: Form | ''): [Form, (form: Form) => void] {
  const [last, setLast] = useState<Form>(remembered);
  const remember = useCallback((form: Form): void => {
    setLast(form);
    try {
      window.localStorage.setItem(KEY, form);
    } catch (error) {
      report('No memory', error);
    }
  }, []);
  return [asked === '' ? last : asked, remember];
}
