import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LawBook } from '../../cases/law-book.js';
import type { EventToRecord, RecordedEvent } from '../../ledger/recorded-event.js';
import { inHalves } from '../../ledger/in-halves.js';
import { CommandIds } from '../../recording/command-ids.js';
import { StreamRecorder, type FoundStream } from '../../recording/stream-recorder.js';
import { decide } from '../domain/decide.js';
import type { RegisterFact } from '../domain/facts.js';
import { SUBJECTS, type Subject } from '../domain/kinds.js';
import { readableFields } from '../domain/readable-fields.js';
import { notRecorded } from '../not-found.js';
import { RegisterBook } from '../register-book.js';
import { registerFactOf, registerStream } from '../register-stream.js';
import { RecordInRegister, type RegisterAnswer } from './register-command.js';

/** What is decided about one of them depends on others: within a process they take turns with each other. */
const TURN = 'register';

@CommandHandler(RecordInRegister)
export class RecordInRegisterHandler implements ICommandHandler<RecordInRegister, RegisterAnswer> {
  constructor(
    private readonly recorder: StreamRecorder,
    private readonly book: RegisterBook,
    private readonly law: LawBook,
  ) {}

  async execute({ subject, id: given, command, envelope }: RecordInRegister): Promise<RegisterAnswer> {
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const id = given ?? ids.for(subject);
    const stream = registerStream(subject, id);
    let all: readonly RecordedEvent[] = [];
    const target = { stream, turn: TURN, claim: stream, called: subject };
    const { events, revision, position, replayed } = await this.recorder.record(target, ids, envelope, {
      find: async () => {
        all = await this.book.events();
        const found = foundIn(all, stream);
        if (!found && command.do !== 'record') throw notRecorded(subject);
        return found;
      },
      decide: (_, recordedAt) => {
        const context = { recordedAt, law: this.law.law };
        const fact = decide(all.map(registerFactOf), { subject, id, stream }, command, context);
        return [eventToRecord(fact, ids.event(0), subject)];
      },
    });
    const recorded = events.map(({ eventId, type }) => ({ eventId, type }));
    return { subject, id, revision, position, events: recorded, replayed };
  }
}

function foundIn(all: readonly RecordedEvent[], stream: string): FoundStream | undefined {
  const events = all.filter((event) => event.stream === stream);
  const last = events.at(-1);
  return last && { events, revision: last.revision, lastRecordedAt: last.recordedAt };
}

/** All that can be corrected in a stream is what it was opened with. */
function eventToRecord(fact: RegisterFact, eventId: string, subject: Subject): EventToRecord {
  const data = readableFields(fact.type, fact.data, SUBJECTS[subject]);
  return inHalves(eventId, fact.type, fact.data, data);
}
