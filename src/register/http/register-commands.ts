import type { Type as Class } from '@nestjs/common';
import { EventVoidedDto } from '../../cases/http/dto/corrections.dto.js';
import type { CommandGroup, CommandRoute } from '../../cases/http/catalogue/command-route.js';
import { RecordInRegister } from '../commands/register-command.js';
import type { Subject } from '../domain/kinds.js';
import { SUBJECTS } from '../domain/kinds.js';
import {
  correctionRequest,
  DefineCampaignRequestDto,
  IssueRecommendationRequestDto,
  RecordEstimateRequestDto,
} from './dto/register-requests.dto.js';
import { REGISTER_SHAPES } from './dto/register.dto.js';
import { idNameOf, pathOf } from './register-paths.js';

/** What differs between the three. */
interface Told {
  title: string;
  summary: string;
  opening: Class<object>;
}

const TOLD: Readonly<Record<Subject, Told>> = {
  campaign: {
    title: 'Campaigns',
    summary: 'Define a campaign, or a wave of one',
    opening: DefineCampaignRequestDto,
  },
  estimate: {
    title: 'Estimates',
    summary: 'Record what others estimate; it is never added to what is documented',
    opening: RecordEstimateRequestDto,
  },
  recommendation: {
    title: 'Recommendations',
    summary: 'Record what somebody is called upon to do',
    opening: IssueRecommendationRequestDto,
  },
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

type Route = CommandRoute<object, RecordInRegister>;

/** What is given as an id in the body goes into the name of the stream, and not into the fact. */
function open(subject: Subject, { opening, summary }: Told): Route {
  const idName = idNameOf(subject);
  return {
    name: SUBJECTS[subject],
    path: pathOf(subject),
    summary,
    body: opening,
    message: (_, body, envelope) => {
      const { [idName]: id, ...data } = body as Record<string, unknown>;
      return new RecordInRegister(subject, id as string | undefined, { do: 'record', data }, envelope);
    },
  };
}

const change = (
  subject: Subject,
  deed: 'correct' | 'void',
  text: { below: string; done: string; summary: string; body: Class<object> },
): Route => ({
  name: `${capital(subject)}${text.done}`,
  path: `${pathOf(subject)}/{${idNameOf(subject)}}${text.below}`,
  summary: text.summary,
  body: text.body,
  message: (ids, data, envelope) =>
    new RecordInRegister(subject, ids[idNameOf(subject)], { do: deed, data }, envelope),
});

/** Every command of the register streams, grouped as the API document groups them. All are `POST`. */
export const REGISTER_COMMAND_GROUPS: readonly CommandGroup<RecordInRegister>[] = (
  Object.keys(TOLD) as Subject[]
).map((subject) => ({
  title: TOLD[subject].title,
  routes: [
    open(subject, TOLD[subject]),
    change(subject, 'correct', {
      below: '/corrections',
      done: 'Corrected',
      summary: `Correct a recorded ${subject}`,
      body: correctionRequest(`${capital(subject)}CorrectionRequest`, REGISTER_SHAPES[SUBJECTS[subject]]),
    }),
    change(subject, 'void', {
      below: '/voids',
      done: 'Voided',
      summary: `Void a recorded ${subject}, or a correction of it`,
      body: EventVoidedDto,
    }),
  ],
}));

export const REGISTER_COMMAND_ROUTES: readonly Route[] = REGISTER_COMMAND_GROUPS.flatMap(
  ({ routes }) => routes,
);
