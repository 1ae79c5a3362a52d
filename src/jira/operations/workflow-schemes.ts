/** Switching a space to another workflow scheme: jira.js leaves it out because Atlassian calls it experimental. */
import type { Client } from 'jira.js/core';
import { task } from './tasks';

export interface StatusMapping {
  issueTypeId: string;
  statusMappings: readonly { oldStatusId: string; newStatusId: string }[];
}

/** POST /workflowscheme/project/switch. `mappings`: where work items go whose status the new workflow lacks. Jira answers with a task. */
export const switchWorkflowScheme = (
  client: Client,
  { projectId, targetSchemeId, mappings }: { projectId: string; targetSchemeId: string; mappings: readonly StatusMapping[] },
) =>
  client.sendRequest({
    url: '/rest/api/3/workflowscheme/project/switch',
    method: 'POST',
    body: { projectId, targetSchemeId, mappingsByIssueTypeOverride: mappings },
    schema: task,
  });
