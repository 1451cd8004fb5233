import type { CaseCommand } from '../../domain/decide/commands.js';
import { FineRequestDto, ReductionRequestDto, SentenceRequestDto } from '../dto/decision.dto.js';
import { records, toCase, type CommandGroup, type PathIds } from './command-route.js';

const sentence = ({
  penaltyId,
  days,
  runs,
  creditedFrom,
  claimed,
  ...decision
}: SentenceRequestDto): CaseCommand => ({
  name: 'ImposePenalty',
  data: { ...decision, penalty: { kind: 'sentence', penaltyId, days, runs, creditedFrom, claimed } },
});

const fine = ({ penaltyId, amount, baseUnits, reported, ...decision }: FineRequestDto): CaseCommand => ({
  name: 'ImposePenalty',
  data: { ...decision, penalty: { kind: 'fine', penaltyId, amount, baseUnits, reported } },
});

const reduction = ({ penaltyId, days, amount, ...data }: ReductionRequestDto & PathIds): CaseCommand => ({
  name: 'RecordFact',
  fact:
    days !== undefined
      ? { type: 'SentenceReduced', data: { ...data, penaltyId: penaltyId!, days } }
      : { type: 'FineReduced', data: { ...data, penaltyId: penaltyId!, amount: amount! } },
});

export const PENALTY_COMMANDS: CommandGroup = {
  title: 'Penalties',
  routes: [
    toCase(
      'Sentenced',
      SentenceRequestDto,
      {
        path: '/sentences',
        summary:
          'Record a sentence: with the id of a recorded decision the penalty alone, else with a decision of its own',
      },
      sentence,
    ),
    toCase(
      'Fined',
      FineRequestDto,
      {
        path: '/fines',
        summary:
          'Record a fine: with the id of a recorded decision the penalty alone, else with a decision of its own',
      },
      fine,
    ),
    toCase(
      'PenaltyReduced',
      ReductionRequestDto,
      {
        path: '/penalties/{penaltyId}/reductions',
        summary: 'Record that a sentence or a fine was reduced, and to what',
      },
      reduction,
    ),
    records('PenaltyAnnulled', {
      path: '/penalties/{penaltyId}/annulments',
      summary: 'Record that a penalty was annulled',
    }),
    records('FineWithdrawn', {
      path: '/penalties/{penaltyId}/withdrawals',
      summary: 'Record that a fine was withdrawn',
    }),
    records('FinePaid', { path: '/penalties/{penaltyId}/payments', summary: 'Record a payment' }),
    records('FineRefunded', { path: '/penalties/{penaltyId}/refunds', summary: 'Record a refund' }),
  ],
};
