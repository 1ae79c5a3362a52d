/** Who a request from outside comes from. */
import type { Identity } from '../contract';
import type { Store } from './store';

/** The one API token of the site; everybody's e-mail address with it is a login. */
export const SITE_TOKEN = 'sandbox';

/** Cookie of the pages: the account id of the person looking at them. */
const PERSON_COOKIE = 'site_person';

/** The caller, anonymous without credentials, undefined with wrong ones. */
export function authenticate(store: Store, headers: Headers): Identity | undefined {
  const basic = /^Basic (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (basic !== undefined) return byToken(store, basic);
  if (headers.has('authorization')) return undefined;
  const cookies = (headers.get('cookie') ?? '').split(';').map((one) => one.trim());
  const value = cookies.find((one) => one.startsWith(`${PERSON_COOKIE}=`))?.slice(PERSON_COOKIE.length + 1);
  if (value === undefined) return { accountId: undefined, viaApp: false };
  return known(store, decodeURIComponent(value));
}

function byToken(store: Store, basic: string): Identity | undefined {
  const [, email, token] = /^([^:]*):(.*)$/.exec(Buffer.from(basic, 'base64').toString()) ?? [];
  if (email === undefined || token !== SITE_TOKEN) return undefined;
  const user = store.users.find((one) => one.emailAddress !== '' && one.emailAddress.toLowerCase() === email.toLowerCase());
  return user && known(store, user.id);
}

/** Only active persons come in. */
const known = (store: Store, accountId: string): Identity | undefined =>
  store.users.get(accountId)?.active ? { accountId, viaApp: false } : undefined;
