/** Screens: jira.js only reads them, because Atlassian calls writing them experimental. */
import type { Client } from 'jira.js/core';
import { z } from 'zod';

const screen = z.looseObject({ id: z.number(), name: z.string() });

/** POST /screens: a screen with one tab and no fields. */
export const createScreen = (client: Client, parameters: { name: string; description: string }) =>
  client.sendRequest({ url: '/rest/api/3/screens', method: 'POST', body: { ...parameters }, schema: screen });
