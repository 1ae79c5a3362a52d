/** The pictures of the site, for its pages. */
export { priorityIcon, projectAvatar, userAvatar, workTypeIcon } from '../jira/avatars/pictures';
