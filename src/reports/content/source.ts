import type { Campaign, Register } from '../figures/register.js';
import type { Figures } from '../figures/figures.js';
import type { Basis, ReportContent } from './content.js';

/** What a report is written from. Figures that must not be printed are withheld in it already. */
export interface ReportSource {
  basis: Basis;
  audience: ReportContent['audience'];
  figures: Figures;
  register: Register;
  /** By case id: the names of those whose consent allows it, and of no others. */
  names?: ReadonlyMap<string, string>;
  /** Of a campaign: its waves, each with the figures of the same question about it alone. */
  waves?: readonly { campaign: Campaign; figures: Figures }[];
}
