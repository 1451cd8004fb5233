import type { Campaign, Register } from '../figures/register.js';
import type { Sheet } from '../figures/sheet.js';
import { Tally } from '../figures/tally.js';
import type { ReportSource } from '../content/source.js';
import type { Day } from '../../cases/domain/dates/day.js';
import type { ReportQuestion } from './report-question.js';

/** What a report is written from, but for whose it is and whom it names. */
export type GatheredSource = Pick<ReportSource, 'figures' | 'register' | 'waves'>;

/** Everything that one pass over the sheets gives for a report. */
export class Gathered {
  readonly #all: Tally;
  readonly #waves: readonly { campaign: Campaign; tally: Tally }[];

  constructor(
    question: ReportQuestion,
    day: Day,
    private readonly register: Register,
  ) {
    const { report, filters, audience } = question;
    const members = audience === 'public';
    const lists = report === 'detainees' || report === 'missing';
    this.#all = new Tally({ asOf: day, filters, register, lists, members });
    this.#waves = wavesOf(question, register).map((campaign) => ({
      campaign,
      tally: new Tally({ asOf: day, filters: { ...filters, campaignId: campaign.id }, register, members }),
    }));
  }

  add(sheet: Sheet): void {
    this.#all.add(sheet);
    for (const { tally } of this.#waves) tally.add(sheet);
  }

  source(): GatheredSource {
    const waves = this.#waves.map(({ campaign, tally }) => ({ campaign, figures: tally.figures() }));
    return {
      figures: this.#all.figures(),
      register: this.register,
      ...(waves.length > 0 && { waves }),
    };
  }
}

/** Those of the campaign that a report about one is about. */
const wavesOf = ({ report, filters }: ReportQuestion, { campaigns }: Register): Campaign[] =>
  report === 'campaign' && filters.campaignId !== undefined
    ? campaigns.filter(({ parentId }) => parentId === filters.campaignId)
    : [];

/** As it is kept. */
export const writtenSource = (source: GatheredSource): string => JSON.stringify(source);

export const readSource = (text: string): GatheredSource => JSON.parse(text) as GatheredSource;
