import type { Api } from '../api.js';

/** The two waves of protests that the statement tells of, as one campaign. */
const CAMPAIGN = { name: 'Protests of November and December 2019', period: '2019-11/2019-12' };

const ESTIMATE = {
  quantity: { op: 'gt', value: 150, word: 'over 150' },
  unit: 'persons',
  predicate: 'charged_and_fined',
  period: '2019-11/2019-12',
  estimator: 'local human rights defenders',
  relayedBy: 'Amnesty International',
};

/** What it calls for. */
const CALLS = ['terminate_proceedings', 'release_unconditional', 'withdraw_fines'];

const SAID = { at: '[..2020-02-07]' };

/** Sends what the statement says that is in nobody's file. Gives the position of the last of it. */
export async function sendBeside(api: Api): Promise<string> {
  let position = '';
  const send = async (path: string, body: Record<string, unknown>): Promise<void> => {
    ({ position } = await api.post<{ position: string }>(path, body));
  };
  await send('/v1/campaigns', CAMPAIGN);
  await send('/v1/estimates', { ...ESTIMATE, ...SAID });
  for (const kind of CALLS) {
    await send('/v1/recommendations', { kind, addressee: 'Belarusian authorities', scope: {}, ...SAID });
  }
  return position;
}
