import { Injectable } from '@nestjs/common';
import { CaseHistories, type CaseHistory } from '../../cases/case-history.js';
import { caseIdOf } from '../../cases/case-stream.js';
import { caseNotFound } from '../../cases/case-not-found.js';
import { parseDay } from '../../cases/domain/dates/day.js';
import { consentOn } from '../../cases/domain/timeline/consent.js';
import { derive } from '../../cases/domain/timeline/derive.js';
import { docketOf } from '../../cases/domain/timeline/docket.js';
import { LawBook } from '../../cases/law-book.js';
import { OpenDockets } from '../../cases/queries/open-dockets.js';
import { sightOf, type Viewer } from '../../cases/queries/viewer.js';
import { CaseRecords } from '../../cases/read-models/case-records.js';
import { factOf } from '../../cases/recorded-fact.js';
import { Clock } from '../../clock.js';
import { marked, type Members } from '../../ledger/sealed-fields.js';
import type { RevealedEvent } from '../../ledger/unsealing.js';
import type { Basis, Section } from '../content/content.js';
import { NOT_TOLD } from '../dossier/answers.js';
import { dossierOf } from '../dossier/dossier-of.js';

export interface Dossier {
  sections: Section[];
  /** It tells who the person is. */
  isNamed: boolean;
}

/** One person's file as it was known, for whoever may know of it; with what is personal only for who may see that, and by consent of today. */
@Injectable()
export class Dossiers {
  constructor(
    private readonly histories: CaseHistories,
    private readonly dockets: OpenDockets,
    private readonly records: CaseRecords,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  /** Throws `case-not-found`, and what `Unsealing.reveal` throws. */
  async of(viewer: Viewer, caseId: string, { asOf, knownAt, position }: Basis): Promise<Dossier> {
    const history = await this.histories.load(caseId, { knownAt, position });
    if (!history) throw caseNotFound();
    const { law } = this.book;
    const consented = (await this.#seesWhole(viewer, history)) && (await this.#allows(caseId));
    const events = consented ? await this.dockets.events(history.events) : await this.#closed(history);
    const told = events.map((event) => factOf({ ...event, data: toldOf(event, consented) }));
    const docket = docketOf(history.caseId, told, law);
    // What is derived has no words in the place of names.
    const answer = derive(docketOf(history.caseId, events.map(factOf), law), parseDay(asOf)!, law);
    return {
      isNamed: consented,
      sections: dossierOf({ caseId: history.caseId, docket, answer, law, asOf, consented }),
    };
  }

  /** With a word of those that are erased by now: nobody's consent would bring them back. */
  async #closed({ events }: CaseHistory): Promise<RevealedEvent[]> {
    const erased = await this.records.erased(['erased']);
    return events.map((event) => (erased.has(caseIdOf(event.stream)) ? { ...event, erased: true } : event));
  }

  /** All that it was made of then. */
  async #seesWhole(viewer: Viewer, { caseId, mergedFrom }: CaseHistory): Promise<boolean> {
    const readers = await Promise.all([caseId, ...mergedFrom].map((one) => this.histories.readersOf(one)));
    return readers.every((each) => sightOf(viewer, each) === 'whole');
  }

  async #allows(caseId: string): Promise<boolean> {
    const now = await this.histories.load(caseId);
    const { law } = this.book;
    const docket = docketOf(caseId, now?.recorded ?? [], law);
    return consentOn(docket, 'dossier', parseDay(this.clock.today())!, law.timeZone);
  }
}

/** Its data with one of `NOT_TOLD` wherever something stays closed; what was opened is in the data already. */
function toldOf({ data, sealed, erased }: RevealedEvent, consented: boolean): Members {
  if (!sealed || (consented && !erased)) return data;
  return marked(data, sealed.fields, erased ? NOT_TOLD.erased : NOT_TOLD.withoutConsent);
}
