import {
  CAUSE_STATUSES,
  REGIMES,
  RELEASE_BASES,
  type CustodyFacts,
  type Place,
} from '../../facts/custody-facts.js';
import { endsNotBeforeArrest, firstDeath, firstRelease, startsNotAfterItsEnds } from '../rules/custody.js';
import { regionIsKnown } from '../rules/known.js';
import { object, optional, otherwise } from '../shape/reading.js';
import { circumstance, matching, oneOf, text, truth, uuid } from '../shape/values.js';
import type { KindsOf } from './kind.js';

const place = object<Place>({
  region: optional(matching(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'must be an ISO 3166-2 code')),
  detail: optional(text),
});

/** All but the arrest may name a detention whose arrest is recorded only later. */
export const custodyKinds: KindsOf<CustodyFacts> = {
  Arrested: {
    reads: object<CustodyFacts['Arrested']>({
      detentionId: uuid,
      regime: optional(oneOf(REGIMES)),
      place: optional(place),
      authority: optional(text),
      facility: optional(text),
      campaignId: optional(uuid),
      warrantShown: optional(truth),
      statedReason: optional(text),
      circumstances: optional(text),
      ...circumstance,
    }),
    keeps: ['detentionId'],
    says: [startsNotAfterItsEnds, regionIsKnown],
  },
  Transferred: {
    reads: object<CustodyFacts['Transferred']>({ detentionId: uuid, facility: text, ...circumstance }),
    keeps: ['detentionId'],
  },
  CustodyRegimeChanged: {
    reads: object<CustodyFacts['CustodyRegimeChanged']>({
      detentionId: uuid,
      regime: oneOf(REGIMES),
      ...circumstance,
    }),
    keeps: ['detentionId'],
  },
  CustodyConfirmed: {
    reads: object<CustodyFacts['CustodyConfirmed']>({ detentionId: uuid, ...circumstance }),
    keeps: ['detentionId'],
  },
  WhereaboutsLost: {
    reads: object<CustodyFacts['WhereaboutsLost']>({ detentionId: uuid, ...circumstance }),
    keeps: ['detentionId'],
  },
  WhereaboutsEstablished: {
    reads: object<CustodyFacts['WhereaboutsEstablished']>({
      detentionId: uuid,
      facility: optional(text),
      ...circumstance,
    }),
    keeps: ['detentionId'],
  },
  Released: {
    reads: object<CustodyFacts['Released']>({
      detentionId: uuid,
      basis: oneOf(RELEASE_BASES),
      conditional: otherwise(false, truth),
      conditions: optional(text),
      ...circumstance,
    }),
    keeps: ['detentionId'],
    stands: [firstRelease],
    says: [endsNotBeforeArrest],
  },
  DiedInCustody: {
    reads: object<CustodyFacts['DiedInCustody']>({
      detentionId: uuid,
      causeStatus: oneOf(CAUSE_STATUSES),
      ...circumstance,
    }),
    keeps: ['detentionId'],
    stands: [firstDeath],
    says: [endsNotBeforeArrest],
  },
};
