import { expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { ledgerOn, readerOn } from '../../../test/support/ledgers.js';
import { day, LAW } from '../../../test/support/derived.js';
import { RegisterBook } from '../../register/register-book.js';
import { registerThen } from './register-then.js';

it('an estimate counts up to the day it says, else its publication, else its recording', async () => {
  const store = new InMemoryEventStore();
  const data = {
    quantity: { op: 'gt', value: 150 },
    unit: 'persons',
    predicate: 'arrested',
    period: '2019-12',
    estimator: 'an observer',
  };
  const source = { citation: 'a page', kind: 'press', confidential: false, published: '2020-02-07' };
  const said: [id: string, more: object][] = [
    ['said', { asOf: '2020-01', sources: [source] }],
    ['published', { sources: [source] }],
    ['recorded', {}],
  ];
  for (const [id, more] of said)
    await ledgerOn(store).append(
      `estimate-${id}`,
      [{ eventId: id, type: 'EstimateRecorded', data: { ...data, ...more } }],
      { recordedAt: '2020-02-09T09:00:00.000Z', recordedBy: 'p', correlationId: 'c', causationId: 'c' },
      'no_stream',
    );
  const { register } = await registerThen(new RegisterBook(store, readerOn(store)), {}, LAW.timeZone);
  expect(Object.fromEntries(register.estimates.map(({ id, asOf }) => [id, asOf]))).toEqual({
    said: { earliest: day('2020-01-01'), latest: day('2020-01-31') },
    published: { earliest: day('2020-02-07'), latest: day('2020-02-07') },
    recorded: { earliest: day('2020-02-09'), latest: day('2020-02-09') },
  });
});
