/** Whether the app may enforce. Outside production, and for free apps, the platform gives no licence: that counts as licensed. */
import { getAppContext } from '@forge/api';

export function isLicensed(): boolean {
  const { license, environmentType } = getAppContext();
  if (license === undefined) return environmentType !== 'PRODUCTION';
  return license.active ?? license.isActive ?? true;
}
