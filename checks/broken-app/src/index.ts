import api, { route } from '@forge/api';
import { sql } from '@forge/sql';

export const present = async () => {
  await api.asApp().requestJira(route`/rest/api/3/issue`, { method: 'POST' });
  return sql.prepare('SELECT 1');
};
