import { StartRefused, type Config } from './config.js';
import { ErasureList, ErasureListFault, type Erasure } from './security/erasure-list.js';

/** What is on the list of this installation. Throws `StartRefused`: with a list that cannot be read nobody knows whose keys must not be there. */
export function listedErasures({ erasureListFile }: Pick<Config, 'erasureListFile'>): Erasure[] {
  try {
    return new ErasureList(erasureListFile).readOwn();
  } catch (error) {
    if (!(error instanceof ErasureListFault)) throw error;
    throw new StartRefused([`HABEAS_ERASURE_LIST: ${error.message}`]);
  }
}
