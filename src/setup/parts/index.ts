/** All parts in the order in which they are made. */
import { fields } from './fields';
import { linkTypes, resolutions, roles, statuses, workTypes } from './names';
import type { Part } from './part';
import { project } from './project';
import { screens, screenSchemes, workTypeScheme, workTypeScreenScheme } from './screens';
import { workflows, workflowScheme } from './workflows';

export const PARTS: readonly Part[] = [
  linkTypes,
  roles,
  resolutions,
  statuses,
  workTypes,
  fields,
  screens,
  screenSchemes,
  workTypeScreenScheme,
  workTypeScheme,
  workflows,
  workflowScheme,
  project,
];
