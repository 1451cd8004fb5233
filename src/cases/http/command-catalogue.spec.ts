import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { COMMAND_ROUTES } from './command-catalogue.js';

describe('the catalogue of commands', () => {
  it('has every command of the API that is served so far', () => {
    expect(COMMAND_ROUTES.map(({ path }) => path.replace('/v1/cases', '')).sort()).toEqual(
      [
        '',
        '/{caseId}/appeals',
        '/{caseId}/appeals/{appealId}/decisions',
        '/{caseId}/arrests',
        '/{caseId}/charges',
        '/{caseId}/citations',
        '/{caseId}/closures',
        '/{caseId}/conditions',
        '/{caseId}/consents',
        '/{caseId}/consents/withdrawals',
        '/{caseId}/corrections',
        '/{caseId}/counsel-denials',
        '/{caseId}/counsel-grants',
        '/{caseId}/custody-confirmations',
        '/{caseId}/deaths',
        '/{caseId}/decisions',
        '/{caseId}/erasures',
        '/{caseId}/erasures/approvals',
        '/{caseId}/fines',
        '/{caseId}/hearings',
        '/{caseId}/hearings/{hearingId}/adjournments',
        '/{caseId}/hearings/{hearingId}/held',
        '/{caseId}/merges',
        '/{caseId}/names',
        '/{caseId}/notes',
        '/{caseId}/penalties/{penaltyId}/annulments',
        '/{caseId}/penalties/{penaltyId}/payments',
        '/{caseId}/penalties/{penaltyId}/reductions',
        '/{caseId}/penalties/{penaltyId}/refunds',
        '/{caseId}/penalties/{penaltyId}/withdrawals',
        '/{caseId}/proceedings/{proceedingId}/terminations',
        '/{caseId}/regime-changes',
        '/{caseId}/releases',
        '/{caseId}/reopenings',
        '/{caseId}/restrictions',
        '/{caseId}/roles',
        '/{caseId}/sentences',
        '/{caseId}/transfers',
        '/{caseId}/unmerges',
        '/{caseId}/voids',
        '/{caseId}/whereabouts',
      ].sort(),
    );
  });
});
