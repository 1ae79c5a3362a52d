/** What work types are called where only their key is known. */
import type { WorkTypeKey } from './kinds';

export const WORK_TYPE_NAMES: Readonly<Record<WorkTypeKey, string>> = {
  wish: 'Wish',
  rfc: 'Request for Change',
  incident: 'Incident',
  serviceRequest: 'Service Request',
  complaint: 'Complaint',
  improvement: 'Improvement',
  preventiveAction: 'Preventive Action',
  optimization: 'Optimization',
};
