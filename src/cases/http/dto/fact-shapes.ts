import type { Type as Class } from '@nestjs/common';
import type { FactData, FactType } from '../../domain/facts/facts.js';
import type { Complete } from '../fields/complete.js';
import {
  CaseOpenedDto,
  ConsentRecordedDto,
  ConsentWithdrawnDto,
  NameRecordedDto,
  NoteAddedDto,
  ReasonedDto,
  RoleRecordedDto,
} from './case.dto.js';
import { EventCorrectedDto, EventVoidedDto, SourceCitedDto } from './corrections.dto.js';
import {
  ArrestedDto,
  CustodyRegimeChangedDto,
  DiedInCustodyDto,
  OfDetentionDto,
  ReleasedDto,
  TransferredDto,
  WhereaboutsEstablishedDto,
} from './custody.dto.js';
import { ConditionReportedDto, CounselDeniedDto, CounselGrantedDto } from './due-process.dto.js';
import {
  FinedDto,
  FinePaidDto,
  FineReducedDto,
  FineRefundedDto,
  FineWithdrawnDto,
  PenaltyAnnulledDto,
  SentencedDto,
  SentenceReducedDto,
} from './penalties.dto.js';
import {
  AppealDecidedDto,
  AppealFiledDto,
  ChargedDto,
  DecisionRenderedDto,
  HearingAdjournedDto,
  HearingHeldDto,
  HearingScheduledDto,
  ProceedingTerminatedDto,
} from './proceedings.dto.js';

/** Facts that nobody sends whole: the service puts them together from other bodies, or from what it has itself. */
type ComposedFact =
  | 'CaseMerged'
  | 'CaseAbsorbed'
  | 'CaseUnmerged'
  | 'CaseReleasedFromMerge'
  | 'CaseRestricted'
  | 'CaseUnrestricted'
  | 'SubjectErasureStarted'
  | 'SubjectErased'
  | 'EvidenceAttached'
  | 'ExportIssued';
type ShapedFact = Exclude<FactType, ComposedFact>;

/** A release that does not say so is unconditional. */
type Sent<K extends ShapedFact> = K extends 'Released'
  ? Omit<FactData[K], 'conditional'> & { conditional?: boolean }
  : FactData[K];

const shapes = {
  CaseOpened: CaseOpenedDto,
  NameRecorded: NameRecordedDto,
  RoleRecorded: RoleRecordedDto,
  NoteAdded: NoteAddedDto,
  ConsentRecorded: ConsentRecordedDto,
  ConsentWithdrawn: ConsentWithdrawnDto,
  CaseClosed: ReasonedDto,
  CaseReopened: ReasonedDto,
  ErasureRequested: ReasonedDto,
  Arrested: ArrestedDto,
  Transferred: TransferredDto,
  CustodyRegimeChanged: CustodyRegimeChangedDto,
  CustodyConfirmed: OfDetentionDto,
  WhereaboutsLost: OfDetentionDto,
  WhereaboutsEstablished: WhereaboutsEstablishedDto,
  Released: ReleasedDto,
  DiedInCustody: DiedInCustodyDto,
  Charged: ChargedDto,
  ProceedingTerminated: ProceedingTerminatedDto,
  HearingScheduled: HearingScheduledDto,
  HearingHeld: HearingHeldDto,
  HearingAdjourned: HearingAdjournedDto,
  DecisionRendered: DecisionRenderedDto,
  AppealFiled: AppealFiledDto,
  AppealDecided: AppealDecidedDto,
  Sentenced: SentencedDto,
  Fined: FinedDto,
  SentenceReduced: SentenceReducedDto,
  FineReduced: FineReducedDto,
  PenaltyAnnulled: PenaltyAnnulledDto,
  FineWithdrawn: FineWithdrawnDto,
  FinePaid: FinePaidDto,
  FineRefunded: FineRefundedDto,
  CounselDenied: CounselDeniedDto,
  CounselGranted: CounselGrantedDto,
  ConditionReported: ConditionReportedDto,
  EventCorrected: EventCorrectedDto,
  EventVoided: EventVoidedDto,
  SourceCited: SourceCitedDto,
} satisfies { [K in ShapedFact]: Class<Sent<K>> };

/** What the whole body of each kind of fact looks like, all its ids included. */
export const FACT_SHAPES: Complete<Pick<FactData, ShapedFact>, typeof shapes> = shapes;
