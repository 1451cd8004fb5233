import type { Uuid } from '../../facts/common.js';
import type { FactType } from '../../facts/facts.js';
import type { CaseFile } from '../../file/case-file.js';
import { ownIdOf } from '../../file/own-ids.js';
import { isKnownProvision, isKnownRegion } from '../../law/law.js';
import { Refusal } from '../../refusal.js';
import type { Rule } from './rule.js';
import { refused } from './refused.js';

/** One id, one thing: across all facts in force, of whatever type. What was voided has given its id free. */
export const ownIdIsFree: Rule<FactType> = (fact, { file, pointer }) => {
  const own = ownIdOf(fact);
  if (own && file.idsInUse.has(own.id)) {
    throw refused('id-already-used', 'this id belongs to another fact of the case', `${pointer}/${own.name}`);
  }
};

const brings = (file: CaseFile, type: FactType, id: Uuid): boolean =>
  file.of(type).some((fact) => ownIdOf(fact)?.id === id);

export const hearingIsKnown: Rule<'HearingHeld' | 'HearingAdjourned'> = ({ data }, { file }) => {
  if (!brings(file, 'HearingScheduled', data.hearingId)) {
    throw refused('unknown-hearing', 'no hearing of this id is recorded in the case');
  }
};

export const decisionIsKnown: Rule<'Sentenced' | 'Fined' | 'AppealFiled'> = ({ data }, { file, pointer }) => {
  if (!brings(file, 'DecisionRendered', data.decisionId)) {
    throw refused(
      'unknown-decision',
      'no decision of this id is recorded in the case',
      `${pointer}/decisionId`,
    );
  }
};

export const appealIsKnown: Rule<'AppealDecided'> = ({ data }, { file }) => {
  if (!brings(file, 'AppealFiled', data.appealId)) {
    throw refused('unknown-appeal', 'no appeal of this id is recorded in the case');
  }
};

export const firstOutcome: Rule<'AppealDecided'> = ({ data }, { file }) => {
  if (file.of('AppealDecided').some((other) => other.data.appealId === data.appealId)) {
    throw refused('appeal-already-decided', 'the outcome of this appeal is recorded; correct or void it');
  }
};

export const denialIsKnown: Rule<'CounselGranted'> = ({ data }, { file, pointer }) => {
  if (data.denialId !== undefined && !brings(file, 'CounselDenied', data.denialId)) {
    throw refused('unknown-denial', 'no denial of this id is recorded in the case', `${pointer}/denialId`);
  }
};

export const provisionIsKnown: Rule<'Charged'> = ({ data }, { law, pointer }) => {
  if (data.provision && !isKnownProvision(law, data.provision)) {
    throw new Refusal(
      'semantic',
      'unknown-provision',
      'the law file knows no such article of such a code',
      `${pointer}/provision`,
    );
  }
};

/** An arrest in a region that is none would be in no figure of a region. */
export const regionIsKnown: Rule<'Arrested'> = ({ data: { place } }, { law, pointer }) => {
  if (place?.region !== undefined && !isKnownRegion(law, place.region)) {
    throw new Refusal(
      'semantic',
      'unknown-region',
      `${law.jurisdiction} has no such region, but ${law.regions.join(', ')}`,
      `${pointer}/place/region`,
    );
  }
};
