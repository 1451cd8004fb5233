import { Outbox } from '../../../src/reports/webhooks/outbox.js';
import { HttpSender } from '../../../src/reports/webhooks/sender.js';
import { FixedClock } from '../../support/fixed-clock.js';
import { deliveringIn } from '../support/delivering.js';
import { dieAtCall } from '../support/killed-at.js';

/**
 * Delivers what there is for the webhooks of the folder, at an instant, and ends; or is killed at a call on the way
 * (`settle:before:2`, the second one).
 */
const [folder = '', now = '', death = ''] = process.argv.slice(2);
const [call = '', when = '', nth = '1'] = death.split(':');
const CALLS: Record<string, [of: object, method: string]> = {
  lease: [Outbox.prototype, 'next'],
  send: [HttpSender.prototype, 'send'],
  settle: [Outbox.prototype, 'settle'],
};
const meant = CALLS[call];
if (meant) dieAtCall(...meant, when === 'before' ? 'before' : 'after', Number(nth));

const { deliverer, close } = await deliveringIn(folder, new FixedClock(now));
await deliverer.look();
await deliverer.idle();
await deliverer.stop();
await close();
