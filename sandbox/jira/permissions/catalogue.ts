/** The permissions Jira knows: key, name, and whether they are asked site-wide or per project. */

interface Permission {
  key: string;
  name: string;
  type: 'GLOBAL' | 'PROJECT';
  description: string;
}

const project = (key: string, name: string, description: string): Permission => ({ key, name, type: 'PROJECT', description });
const global = (key: string, name: string, description: string): Permission => ({ key, name, type: 'GLOBAL', description });

export const PERMISSIONS: readonly Permission[] = [
  global('ADMINISTER', 'Administer Jira', 'Change how the whole site is set up.'),
  global('SYSTEM_ADMIN', 'System administer', 'Change technical settings of the site.'),
  global('USER_PICKER', 'Browse users and groups', 'Find and pick people and groups.'),
  global('BULK_CHANGE', 'Make bulk changes', 'Change many work items at once.'),
  global('CREATE_SHARED_OBJECTS', 'Share dashboards and filters', 'Share dashboards and filters with others.'),
  global('MANAGE_GROUP_FILTER_SUBSCRIPTIONS', 'Manage group filter subscriptions', 'Create and delete subscriptions of groups to filters.'),
  global('CREATE_PROJECT', 'Create team-managed projects', 'Create spaces that their own team manages.'),
  project('ADMINISTER_PROJECTS', 'Administer Projects', 'Change how a space is set up.'),
  project('BROWSE_PROJECTS', 'Browse Projects', 'See spaces and the work items in them.'),
  project('VIEW_DEV_TOOLS', 'View Development Tools', 'See the development panel.'),
  project('VIEW_READONLY_WORKFLOW', 'View Read-Only Workflow', 'See the workflow without changing it.'),
  project('VIEW_AGGREGATED_DATA', 'View Aggregated Data', 'See figures summed over work items.'),
  project('MANAGE_SPRINTS_PERMISSION', 'Manage sprints', 'Create, start and complete sprints.'),
  project('SERVICEDESK_AGENT', 'Service Space Agent', 'Work on requests of customers.'),
  project('CREATE_ISSUES', 'Create Issues', 'Create work items.'),
  project('EDIT_ISSUES', 'Edit Issues', 'Change work items.'),
  project('TRANSITION_ISSUES', 'Transition Issues', 'Move work items to another status.'),
  project('SCHEDULE_ISSUES', 'Schedule Issues', 'See and set due dates.'),
  project('MOVE_ISSUES', 'Move Issues', 'Move work items between spaces or workflows.'),
  project('ASSIGN_ISSUES', 'Assign Issues', 'Assign work items to others.'),
  project('ASSIGNABLE_USER', 'Assignable User', 'Be assigned to work items.'),
  project('RESOLVE_ISSUES', 'Resolve Issues', 'Resolve and reopen work items.'),
  project('CLOSE_ISSUES', 'Close Issues', 'Close work items.'),
  project('MODIFY_REPORTER', 'Modify Reporter', 'Change who reported a work item.'),
  project('DELETE_ISSUES', 'Delete Issues', 'Delete work items.'),
  project('LINK_ISSUES', 'Link Issues', 'Link work items to each other.'),
  project('SET_ISSUE_SECURITY', 'Set Issue Security', 'Set who may see a work item.'),
  project('ARCHIVE_ISSUES', 'Archive Issues', 'Archive work items.'),
  project('UNARCHIVE_ISSUES', 'Restore Issues', 'Bring archived work items back.'),
  project('ADD_COMMENTS', 'Add Comments', 'Comment on work items.'),
  project('EDIT_ALL_COMMENTS', 'Edit All Comments', 'Change the comments of everybody.'),
  project('EDIT_OWN_COMMENTS', 'Edit Own Comments', 'Change own comments.'),
  project('DELETE_ALL_COMMENTS', 'Delete All Comments', 'Delete the comments of everybody.'),
  project('DELETE_OWN_COMMENTS', 'Delete Own Comments', 'Delete own comments.'),
  project('CREATE_ATTACHMENTS', 'Create Attachments', 'Attach files.'),
  project('DELETE_ALL_ATTACHMENTS', 'Delete All Attachments', 'Delete the files of everybody.'),
  project('DELETE_OWN_ATTACHMENTS', 'Delete Own Attachments', 'Delete own files.'),
  project('VIEW_VOTERS_AND_WATCHERS', 'View Voters and Watchers', 'See who votes and watches.'),
  project('MANAGE_WATCHERS', 'Manage Watchers', 'Add and remove watchers.'),
  project('WORK_ON_ISSUES', 'Work On Issues', 'Log work.'),
  project('EDIT_ALL_WORKLOGS', 'Edit All Worklogs', 'Change the work logs of everybody.'),
  project('EDIT_OWN_WORKLOGS', 'Edit Own Worklogs', 'Change own work logs.'),
  project('DELETE_ALL_WORKLOGS', 'Delete All Worklogs', 'Delete the work logs of everybody.'),
  project('DELETE_OWN_WORKLOGS', 'Delete Own Worklogs', 'Delete own work logs.'),
];

export const PROJECT_PERMISSIONS: readonly string[] = PERMISSIONS.filter((one) => one.type === 'PROJECT').map((one) => one.key);

/** What the default scheme leaves to the Administrators role of a project. */
export const ROLE_ONLY_PERMISSIONS: readonly string[] = [
  'ADMINISTER_PROJECTS',
  'MODIFY_REPORTER',
  'DELETE_ISSUES',
  'EDIT_ALL_COMMENTS',
  'DELETE_ALL_COMMENTS',
  'DELETE_ALL_ATTACHMENTS',
  'EDIT_ALL_WORKLOGS',
  'DELETE_ALL_WORKLOGS',
  'SET_ISSUE_SECURITY',
  'ARCHIVE_ISSUES',
  'UNARCHIVE_ISSUES',
];
