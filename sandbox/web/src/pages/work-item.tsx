import { useSite } from '../shell/site';
import { WorkItemView } from '../issue/item-view';

export function WorkItemPage({ itemKey }: { itemKey: string }) {
  const { me } = useSite();
  return <WorkItemView key={`${itemKey} ${me.accountId}`} itemKey={itemKey} />;
}
