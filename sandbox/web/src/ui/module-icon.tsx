import AppIcon from '@atlaskit/icon/core/app';

/** The icon of an app's module, or the one Jira gives to an app without. */
export function ModuleIcon({ icon }: { icon: string | undefined }) {
  return icon ? <img src={icon} alt="" width={16} height={16} /> : <AppIcon label="" />;
}
