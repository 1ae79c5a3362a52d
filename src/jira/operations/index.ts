/** Operations that jira.js lacks, in its shape: a client, parameters, an answer checked by zod. */
export * from './resolutions';
export * from './screens';
export * from './security';
export * from './tasks';
export * from './users';
export * from './workflow-schemes';
