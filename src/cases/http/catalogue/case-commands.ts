import { MergeCases, RecordInCase, UnmergeCases } from '../../commands/case-command.js';
import { OpenCaseRequestDto, ReasonedDto } from '../dto/case.dto.js';
import { MergeRequestDto } from '../dto/merge.dto.js';
import { CASES_PATH, ONE_CASE_PATH, records, type CommandGroup, type CommandRoute } from './command-route.js';

const open: CommandRoute<OpenCaseRequestDto> = {
  name: 'CaseOpened',
  path: CASES_PATH,
  summary: 'Open the file of one person',
  body: OpenCaseRequestDto,
  message: (_, { caseId, ...data }, envelope) =>
    new RecordInCase(caseId, { name: 'RecordFact', fact: { type: 'CaseOpened', data } }, envelope),
};

const merge: CommandRoute<MergeRequestDto> = {
  name: 'CaseMerged',
  path: `${ONE_CASE_PATH}/merges`,
  summary: 'Merge this case into another, which from then on answers for both',
  body: MergeRequestDto,
  message: ({ caseId }, data, envelope) => new MergeCases(caseId!, data, envelope),
};

const unmerge: CommandRoute<ReasonedDto> = {
  name: 'CaseUnmerged',
  path: `${ONE_CASE_PATH}/unmerges`,
  summary: 'Undo the merging of this case',
  body: ReasonedDto,
  message: ({ caseId }, data, envelope) => new UnmergeCases(caseId!, data, envelope),
};

export const CASE_COMMANDS: CommandGroup = {
  title: 'Case',
  routes: [
    open,
    records('NameRecorded', { path: '/names', summary: 'Record one more name of the person' }),
    records('RoleRecorded', { path: '/roles', summary: 'Record a role of the person, and for what time' }),
    records('NoteAdded', { path: '/notes', summary: 'Add a note' }),
    records('ConsentRecorded', { path: '/consents', summary: 'Record a consent, and who gave it' }),
    records('ConsentWithdrawn', {
      path: '/consents/withdrawals',
      summary: 'Record that a consent was withdrawn',
    }),
    records('CaseClosed', { path: '/closures', summary: 'Close the case; it says nothing about liberty' }),
    records('CaseReopened', { path: '/reopenings', summary: 'Open a closed case again' }),
    merge,
    unmerge,
  ],
};
