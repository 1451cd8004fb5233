import { AppealDecisionRequestDto, DecisionRequestDto } from '../dto/decision.dto.js';
import { records, toCase, type CommandGroup } from './command-route.js';

export const PROCEEDING_COMMANDS: CommandGroup = {
  title: 'Proceedings',
  routes: [
    records('Charged', {
      path: '/charges',
      summary: 'Record a charge: a proceeding begins',
    }),
    records('ProceedingTerminated', {
      path: '/proceedings/{proceedingId}/terminations',
      summary: 'Record that a proceeding ended without a decision',
    }),
    records('HearingScheduled', {
      path: '/hearings',
      summary: 'Record a hearing to come; `at` is the planned date',
    }),
    records('HearingHeld', { path: '/hearings/{hearingId}/held', summary: 'Record that a hearing was held' }),
    records('HearingAdjourned', {
      path: '/hearings/{hearingId}/adjournments',
      summary: 'Record that a hearing was put off',
    }),
    toCase(
      'DecisionRendered',
      DecisionRequestDto,
      { path: '/decisions', summary: 'Record a decision and its penalties, all or nothing' },
      (data) => ({ name: 'RenderDecision', data }),
    ),
    records('AppealFiled', {
      path: '/appeals',
      summary: 'Record an appeal against a decision',
    }),
    toCase(
      'AppealDecided',
      AppealDecisionRequestDto,
      {
        path: '/appeals/{appealId}/decisions',
        summary: 'Record the decision of an appeal and what it changes in penalties, all or nothing',
      },
      ({ appealId, ...data }) => ({ name: 'DecideAppeal', data: { ...data, appealId: appealId! } }),
    ),
  ],
};
