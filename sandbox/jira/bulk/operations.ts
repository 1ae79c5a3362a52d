/** /bulk: what changes many work items in one task. */
import { operation, type Operation } from '../rest';
import { editInput, editMany } from './edit';
import { moveInput, moveMany } from './move';
import { deleteMany, selection, watchMany } from './others';
import { progress } from './progress';
import { bulkChangersOnly } from './select';
import { available, transitionInput, transitionMany } from './transition';

const PATH = '/rest/api/3/bulk';

export const bulkOperations: Operation[] = [
  ...bulkChangersOnly(403, [
    operation('submitBulkTransition', 'POST', `${PATH}/issues/transition`, transitionInput, transitionMany),
    operation('submitBulkDelete', 'POST', `${PATH}/issues/delete`, selection, deleteMany),
    operation('submitBulkWatch', 'POST', `${PATH}/issues/watch`, selection, watchMany(true)),
    operation('submitBulkUnwatch', 'POST', `${PATH}/issues/unwatch`, selection, watchMany(false)),
    operation('getAvailableTransitions', 'GET', `${PATH}/issues/transition`, available),
  ]),
  ...bulkChangersOnly(400, [
    operation('submitBulkMove', 'POST', `${PATH}/issues/move`, moveInput, moveMany),
    operation('submitBulkEdit', 'POST', `${PATH}/issues/fields`, editInput, editMany),
    operation('getBulkOperationProgress', 'GET', `${PATH}/queue/{taskId}`, progress),
  ]),
];
