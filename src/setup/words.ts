/** What went wrong, for the person who sets up. */
import { JiraError } from '../jira/client';
import { asFault } from '../platform/errors';

/** Jira's own words, those about fields included. */
export const jiraWords = ({ status, messages, fields }: JiraError): string => {
  const words = [...messages, ...Object.entries(fields).map(([name, text]) => `${name}: ${text}`)].join(' ');
  return words === '' ? `Jira gave no reason (${String(status)}).` : words;
};

/** Jira's words, and what they mean. */
export function inWords(thrown: unknown): string {
  if (!(thrown instanceof JiraError)) return asFault(thrown).text;
  const meaning =
    thrown.status === 401 || thrown.status === 403
      ? 'Jira does not let you do this. It takes the permission Administer Jira.'
      : thrown.status === 409
        ? 'Jira is busy with another change of its configuration. Try again in a minute.'
        : 'Jira refused this step. What was made before stays and is used when you try again.';
  return `${meaning} Jira says: “${jiraWords(thrown)}”`;
}
