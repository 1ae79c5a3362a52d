import Modal, { CloseButton, ModalBody, ModalHeader, ModalTitle } from '@atlaskit/modal-dialog';
import { Link } from '../router';
import { WorkItemView } from './item-view';
import styles from './issue.module.css';

/** A work item over the page it was opened from. */
export function ItemDialog({ itemKey, onClose }: { itemKey: string; onClose: () => void }) {
  return (
    <Modal onClose={onClose} width="x-large" height="calc(100vh - 120px)">
      <ModalHeader>
        <ModalTitle>
          <Link href={`/browse/${itemKey}`} onClick={onClose} className={styles['linkKey']}>
            {itemKey}
          </Link>
        </ModalTitle>
        <CloseButton onClick={onClose} />
      </ModalHeader>
      <ModalBody>
        <WorkItemView key={itemKey} itemKey={itemKey} />
      </ModalBody>
    </Modal>
  );
}
