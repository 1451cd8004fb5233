import { records, type CommandGroup } from './command-route.js';

export const DUE_PROCESS_COMMANDS: CommandGroup = {
  title: 'Due process and conditions',
  routes: [
    records('CounselDenied', {
      path: '/counsel-denials',
      summary: 'Record that access to a lawyer was denied',
    }),
    records('CounselGranted', {
      path: '/counsel-grants',
      summary: 'Record that access to a lawyer was granted',
    }),
    records('ConditionReported', { path: '/conditions', summary: 'Record a condition of detention' }),
  ],
};
