import { ErasureApprovalDto, RestrictionRequestDto } from '../dto/protection.dto.js';
import { records, toCase, type CommandGroup } from './command-route.js';

export const PROTECTION_COMMANDS: CommandGroup = {
  title: 'Restriction and erasure',
  routes: [
    toCase(
      'CaseRestricted',
      RestrictionRequestDto,
      {
        path: '/restrictions',
        summary: 'Restrict the case to some caseworkers; to nobody: open it to all of them again',
        roles: ['caseworker', 'admin'],
      },
      (data) => ({ name: 'RestrictCase', data }),
    ),
    records('ErasureRequested', {
      path: '/erasures',
      summary: 'Ask that everything personal in the case be destroyed',
      roles: ['caseworker', 'admin'],
    }),
    toCase(
      'SubjectErasureStarted',
      ErasureApprovalDto,
      {
        path: '/erasures/approvals',
        summary: 'Approve the erasure that somebody else has asked for; there is no way back',
        roles: ['admin'],
      },
      (data) => ({ name: 'ApproveErasure', data }),
    ),
  ],
};
