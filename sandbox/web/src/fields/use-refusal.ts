import { useState } from 'react';
import { refusal } from '../api';

interface Refused {
  messages: string[];
  fields: Record<string, string>;
}

const NOTHING: Refused = { messages: [], fields: {} };

/** What the site refused about a form: messages for the top, and at fields; a field's own message goes when the field changes. */
export function useRefusal(shown: { id: string }[]) {
  const [refused, setRefused] = useState(NOTHING);
  return {
    refused,
    clear: () => setRefused(NOTHING),
    touch: (id: string) => setRefused(({ messages, fields: { [id]: _, ...fields } }) => ({ messages, fields })),
    /** Messages about fields that the form does not show go to the top. */
    show: (error: unknown) => {
      const { messages, fields } = refusal(error);
      const ids = new Set(shown.map((meta) => meta.id));
      const elsewhere = Object.entries(fields).filter(([id]) => !ids.has(id));
      setRefused({ messages: [...messages, ...elsewhere.map(([, message]) => message)], fields });
    },
  };
}
