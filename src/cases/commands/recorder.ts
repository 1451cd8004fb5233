import { Injectable } from '@nestjs/common';
import type { CommandIds } from '../../recording/command-ids.js';
import { StreamRecorder } from '../../recording/stream-recorder.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import { streamOf } from '../case-stream.js';
import type { DecideContext } from '../domain/decide/context.js';
import type { Fact } from '../domain/facts/facts.js';
import { LawBook } from '../law-book.js';
import type { CommandAnswer } from './case-command.js';
import type { OpenFile } from './case-files.js';
import { eventToRecord } from './event-to-record.js';
import { answerOf, refuseIfWordsAreGone } from './recorded-before.js';

/** What differs from command to command. */
interface Work {
  /** The case as the sender may find it; undefined: there is none yet. */
  find(): Promise<OpenFile | undefined>;
  /** Refuses what is no question of the revision, which the sender of this command may not learn. */
  admit?(found: OpenFile | undefined): void;
  decide(found: OpenFile | undefined, context: DecideContext): Fact[];
  /** What has to be on disk before the facts that tell of it. May be asked again. */
  settle?(): Promise<void>;
}

/** Records what the domain decides of a case. */
@Injectable()
export class Recorder {
  constructor(
    private readonly streams: StreamRecorder,
    private readonly law: LawBook,
  ) {}

  async record(
    caseId: string,
    ids: CommandIds,
    envelope: CommandEnvelope,
    work: Work,
  ): Promise<CommandAnswer> {
    const target = { stream: streamOf(caseId), turn: caseId, claim: caseId, called: 'case' };
    const recorded = await this.streams.record(target, ids, envelope, {
      ...work,
      answersAgain: (found: OpenFile, before) => refuseIfWordsAreGone(found.events, before),
      decide: (found, recordedAt) => {
        const facts = work.decide(found, {
          newId: (purpose) => ids.for(purpose),
          recordedAt,
          by: { principalId: envelope.principalId, isAdmin: envelope.roles.includes('admin') },
          law: this.law.law,
        });
        const typeOf = (id: string) => found?.file.recorded.find(({ eventId }) => eventId === id)?.type;
        return facts.map((fact, i) => eventToRecord(fact, ids.event(i), typeOf));
      },
    });
    return answerOf(caseId, recorded.events, recorded, recorded.replayed);
  }
}
