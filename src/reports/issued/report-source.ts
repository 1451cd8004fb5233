import { Injectable } from '@nestjs/common';
import { EventStore } from '../../event-store/event-store.js';
import { AskedStates } from '../asking/asked-states.js';
import type { Basis } from '../content/content.js';
import { ReportDesk, type Asked } from '../desk/report-desk.js';
import { readSource, type GatheredSource } from '../gathering/gathered.js';
import type { Printed, Printing } from '../gathering/gathering.js';
import { isOfToday, type ReportQuestion } from '../gathering/report-question.js';

/** What a report for the public is made of, as far as it may be printed, and what it rests on. */
export interface MadeSource {
  basis: Basis;
  source: GatheredSource;
  printed: Printed;
}

/** Gives what reports are made of, however long that takes. */
export abstract class PublicSources {
  /** Throws what gathering throws. */
  abstract of(question: Omit<ReportQuestion, 'audience'>, printing: Printing): Promise<MadeSource>;
}

/** From the desk where all reports are made. */
@Injectable()
export class DeskSources extends PublicSources {
  constructor(
    private readonly desk: ReportDesk,
    private readonly states: AskedStates,
    private readonly store: EventStore,
  ) {
    super();
  }

  override async of(asked: Omit<ReportQuestion, 'audience'>, printing: Printing): Promise<MadeSource> {
    // Of today it knows all that was recorded before it was asked for.
    const minPosition = isOfToday(asked) ? await this.store.head() : undefined;
    const { known, shown } = await this.states.settle({ ...asked, minPosition });
    const question: ReportQuestion = { ...asked, ...known, audience: 'public' };
    const asking = { minPosition, shown, printing };
    let answer: Asked = await this.desk.ask(question, asking);
    while (!('draft' in answer)) {
      // Of today's nothing else is kept.
      if (answer.underWay.state) Object.assign(question, answer.underWay.state);
      answer = await this.desk.ask(question, asking);
    }
    const { knownAt, position, text, printed } = answer.draft;
    if (!printed) throw new Error('a report for the public says what it prints');
    const { asOf, filters } = question;
    return { basis: { asOf, knownAt, position, filters }, source: readSource(text), printed };
  }
}
