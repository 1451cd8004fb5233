import { WhereaboutsRequestDto } from '../dto/custody.dto.js';
import { records, toCase, type CommandGroup } from './command-route.js';

export const CUSTODY_COMMANDS: CommandGroup = {
  title: 'Custody',
  routes: [
    records('Arrested', {
      path: '/arrests',
      summary: 'Record an arrest: a detention begins',
    }),
    records('Transferred', { path: '/transfers', summary: 'Record a transfer to another facility' }),
    records('CustodyRegimeChanged', {
      path: '/regime-changes',
      summary: 'Record that custody changed between the administrative and the criminal regime',
    }),
    records('CustodyConfirmed', {
      path: '/custody-confirmations',
      summary: 'Record that the person was seen, heard from or officially said to be held',
    }),
    toCase(
      'Whereabouts',
      WhereaboutsRequestDto,
      {
        path: '/whereabouts',
        summary: 'Record that it is no longer, or again, known where the person is held',
      },
      ({ known, ...data }) => ({
        name: 'RecordFact',
        fact: { type: known ? 'WhereaboutsEstablished' : 'WhereaboutsLost', data },
      }),
    ),
    records('Released', { path: '/releases', summary: 'Record a release, whatever is still to be served' }),
    records('DiedInCustody', { path: '/deaths', summary: 'Record a death in custody' }),
  ],
};
