/** The site the page is shown in. Its address is known to the host alone. */
import { view } from '@forge/bridge';
import { useEffect, useState } from 'react';

let known: Promise<string> | undefined;

const address = (): Promise<string> =>
  (known ??= view.getContext().then(
    (context) => context.siteUrl ?? '',
    () => '',
  ));

/** "https://site" once known, before that the empty string: links then are relative, and a click does not need them. */
export function useSite(): string {
  const [site, setSite] = useState('');
  useEffect(() => {
    void address().then(setSite);
  }, []);
  return site;
}
