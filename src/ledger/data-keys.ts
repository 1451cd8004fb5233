import type { KeyObject } from 'node:crypto';

/** What the events of one stream are sealed with. */
export interface DataKey {
  keyId: string;
  version: number;
  key: KeyObject;
}

/** Of a stream whose key is not at hand, or no more. */
export interface ClosedKey {
  keyId: string;
  key?: undefined;
}

/** The keys of streams. Which stream has which is said by its events and nowhere else. */
export abstract class DataKeys {
  /** One that no stream has had. It is kept before it is given. */
  abstract take(): Promise<DataKey>;
  /** As they are now; one that was lost is missing in the answer. */
  abstract find(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey | 'destroyed'>>;
}
