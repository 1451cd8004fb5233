import autocannon from 'autocannon';
import { type ArrestsLoad, type LoadResult } from './arrests.js';

// A process of its own: who asks must not slow down who is asked more than a network would.
process.once('message', (load: ArrestsLoad) => {
  void run(load);
});
process.send?.('ready');

async function run({ url, key, caseIds, connections, seconds }: ArrestsLoad): Promise<void> {
  let next = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        setupRequest: (request) => {
          const n = next++;
          return {
            ...request,
            path: `/v1/cases/${caseIds[Math.floor(Math.random() * caseIds.length)] ?? ''}/arrests`,
            body: arrest(n),
          };
        },
      },
    ],
  });
  const told: LoadResult = {
    perSecond: result['2xx'] / result.duration,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
  process.send?.(told);
  process.disconnect?.();
}

function arrest(n: number): string {
  const day = new Date(Date.UTC(2020, 0, 1) + (n % 1000) * 86_400_000).toISOString().slice(0, 10);
  return JSON.stringify({
    at: day,
    sources: [
      {
        citation: `Chronicle of the day, no. ${n}`,
        kind: 'organisation',
        published: day,
        confidential: false,
      },
    ],
    regime: 'administrative',
    place: { region: 'BY-HM', detail: 'near the main post office' },
    facility: 'Akrestsina',
    authority: 'police of the Central District',
    circumstances: 'Taken by men in plain clothes on the way home.',
  });
}
