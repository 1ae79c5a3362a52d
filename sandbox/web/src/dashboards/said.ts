import { refusal } from '../api';

/** What the site said, in one text. */
export const saidBy = (error: unknown): string => {
  const { messages, fields } = refusal(error);
  return [...messages, ...Object.values(fields)].join('\n');
};
