/** Who a work item security level lets in: jira.js lacks these. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const paged = <Row extends z.ZodType>(row: Row) => z.looseObject({ isLast: z.boolean().optional(), values: z.array(row).optional() });

const use = z.looseObject({ issueSecuritySchemeId: z.string(), projectId: z.string() });
const level = z.looseObject({ id: z.string(), name: z.string(), issueSecuritySchemeId: z.string() });
const member = z.looseObject({
  issueSecurityLevelId: z.string(),
  holder: z.looseObject({ type: z.string(), parameter: z.string().nullish(), value: z.string().nullish() }),
});

/** GET /issuesecurityschemes/project: which space uses which scheme. */
export const searchProjectsUsingSecuritySchemes = (client: Client, parameters: { startAt?: number } = {}) =>
  client.sendRequest({ url: '/rest/api/3/issuesecurityschemes/project', method: 'GET', searchParams: { ...parameters }, schema: paged(use) });

/** GET /issuesecurityschemes/level */
export const getSecurityLevels = (client: Client, parameters: { schemeId: string[]; startAt?: number }) =>
  client.sendRequest({ url: '/rest/api/3/issuesecurityschemes/level', method: 'GET', searchParams: { ...parameters }, schema: paged(level) });

/** GET /issuesecurityschemes/level/member */
export const getSecurityLevelMembers = (client: Client, parameters: { schemeId: string[]; startAt?: number }) =>
  client.sendRequest({ url: '/rest/api/3/issuesecurityschemes/level/member', method: 'GET', searchParams: { ...parameters }, schema: paged(member) });
