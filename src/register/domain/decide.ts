import { correctionKinds } from '../../cases/domain/decide/kinds/corrections.js';
import { refused } from '../../cases/domain/decide/rules/refused.js';
import type { Uuid } from '../../cases/domain/facts/common.js';
import { voidedEvents } from '../../cases/domain/file/facts-in-force.js';
import type { Law } from '../../cases/domain/law/law.js';
import type { RecordedRegisterFact, RegisterFact } from './facts.js';
import { SUBJECTS, subjectsData, type Subject } from './kinds.js';
import { registerOf, type Register } from './register.js';
import { judgeCampaign, judgeEstimate, judgeRecommendation, refuseIfNamed, type Bench } from './rules.js';

/** What can be asked of one campaign, estimate or recommendation. `data` are as they were sent. */
export interface RegisterCommand {
  do: 'record' | 'correct' | 'void';
  data: object;
}

/** Which one it is, and its stream. */
export interface Place {
  subject: Subject;
  id: Uuid;
  stream: string;
}

interface DecideContext {
  /** RFC 3339 in UTC with milliseconds. */
  recordedAt: string;
  law: Law;
}

/**
 * The fact that a command comes to. `recorded` is all that is recorded of all campaigns, estimates and recommendations, in the order
 * of the store. Throws a Refusal, and nothing else, for what the register does not take.
 */
export function decide(
  recorded: readonly RecordedRegisterFact[],
  place: Place,
  command: RegisterCommand,
  { recordedAt, law }: DecideContext,
): RegisterFact {
  const own = recorded.filter(({ stream }) => stream === place.stream);
  const fact = factAsked(recorded, own, place, command);
  const before = registerOf(recorded);
  const after = registerOf([...recorded, asIfRecorded(fact, own, place, recordedAt)]);
  judge(place, before, { register: after, law, at: pointers(command) });
  return fact;
}

function factAsked(
  recorded: readonly RecordedRegisterFact[],
  own: readonly RecordedRegisterFact[],
  { subject, id }: Place,
  command: RegisterCommand,
): RegisterFact {
  switch (command.do) {
    case 'record': {
      const data = subjectsData(subject, command.data, '/body');
      if (recorded.some(({ subjectId }) => subjectId === id)) {
        throw refused('id-already-used', 'this id is used already', `/body/${subject}Id`);
      }
      return { type: SUBJECTS[subject], data } as RegisterFact;
    }
    case 'correct': {
      const data = correctionKinds.EventCorrected.reads(command.data, '/body');
      const { type } = standingEvent(own, data.eventId);
      if (type !== SUBJECTS[subject])
        throw refused('not-correctable', `${type} is not corrected`, '/body/eventId');
      const replacing = subjectsData(subject, data.data, '/body/data');
      return { type: 'EventCorrected', data: { ...data, data: { ...replacing } } };
    }
    case 'void': {
      const data = correctionKinds.EventVoided.reads(command.data, '/body');
      standingEvent(own, data.eventId);
      return { type: 'EventVoided', data };
    }
  }
}

/** The event that is to be corrected or voided. */
function standingEvent(own: readonly RecordedRegisterFact[], eventId: Uuid): RecordedRegisterFact {
  const found = own.find((fact) => fact.eventId === eventId);
  if (!found) throw refused('unknown-event', 'no event of this id is recorded here', '/body/eventId');
  if (voidedEvents(own).has(eventId)) {
    throw refused(
      'event-voided',
      'this event is voided; void the void to let it stand again',
      '/body/eventId',
    );
  }
  return found;
}

const asIfRecorded = (
  fact: RegisterFact,
  own: readonly RecordedRegisterFact[],
  { id, stream }: Place,
  recordedAt: string,
): RecordedRegisterFact => {
  const revision = (own.at(-1)?.revision ?? -1) + 1;
  return { ...fact, eventId: `undecided-${revision}`, stream, subjectId: id, revision, recordedAt };
};

/** Judges the subject as it stands afterwards, whatever the command was: a void may bring back what has no place any more. */
function judge({ subject, id }: Place, before: Register, bench: Bench): void {
  switch (subject) {
    case 'campaign': {
      const ofId = ({ campaigns }: Register) => campaigns.find(({ campaignId }) => campaignId === id);
      const campaign = ofId(bench.register);
      if (campaign) judgeCampaign(campaign, bench);
      else if (ofId(before)) refuseIfNamed(id, bench.register, bench.at('eventId'));
      return;
    }
    case 'estimate': {
      const estimate = bench.register.estimates.find(({ estimateId }) => estimateId === id);
      if (estimate) judgeEstimate(estimate, bench);
      return;
    }
    case 'recommendation': {
      const issued = bench.register.recommendations.find(({ recommendationId }) => recommendationId === id);
      if (issued) judgeRecommendation(issued, bench);
      return;
    }
  }
}

/** Where in the request a member of the subject's data stands; of a void it is the event that brings it back. */
const pointers =
  ({ do: deed }: RegisterCommand) =>
  (member: string): string => {
    if (deed === 'void') return '/body/eventId';
    return deed === 'correct' ? `/body/data/${member}` : `/body/${member}`;
  };
