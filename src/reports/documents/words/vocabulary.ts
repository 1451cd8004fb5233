/** As in the definitions of figures. */
export type FigureId =
  | 'persons_documented'
  | 'arrests'
  | 'persons_arrested'
  | 'charges'
  | 'persons_charged'
  | 'persons_detained'
  | 'held'
  | 'held_confirmed'
  | 'held_unconfirmed'
  | 'held_possibly'
  | 'penalties'
  | 'sentences'
  | 'fines'
  | 'persons_penalised'
  | 'persons_sentenced'
  | 'persons_fined'
  | 'decisions'
  | 'decisions_by_outcome'
  | 'days_imposed_gross'
  | 'days_imposed_net'
  | 'days_in_custody'
  | 'days_served'
  | 'days_outstanding'
  | 'fine_count'
  | 'fines_gross'
  | 'fines_net'
  | 'fines_paid'
  | 'fines_refunded'
  | 'fines_outstanding'
  | 'fines_at_least'
  | 'base_units'
  | 'term_mean'
  | 'term_median'
  | 'term_least'
  | 'term_greatest'
  | 'fine_mean'
  | 'fine_median'
  | 'fine_least'
  | 'fine_greatest'
  | 'persons_sentenced_repeatedly'
  | 'longest_run'
  | 'counsel_denials'
  | 'counsel_denials_by_result'
  | 'counsel_denials_by_pretext'
  | 'counsel_denial_hours'
  | 'conditions'
  | 'conditions_by_kind'
  | 'condition_hours'
  | 'condition_hours_by_kind'
  | 'charges_by_article'
  | 'persons_charged_by_article'
  | 'sentences_by_article'
  | 'days_imposed_by_article'
  | 'fines_by_article'
  | 'charges_by_family'
  | 'persons_charged_by_family'
  | 'sentences_by_family'
  | 'days_imposed_by_family'
  | 'fines_by_family'
  | 'arrests_by_month'
  | 'sentences_by_month'
  | 'fines_by_month'
  | 'days_imposed_by_month'
  | 'days_in_custody_by_month'
  | 'days_in_custody_by_month_wide'
  | 'days_served_by_month'
  | 'days_served_by_month_wide'
  | 'held_by_day'
  | 'held_by_day_wide'
  | 'documented_beside_estimate'
  | 'estimate_gap'
  | 'call_outstanding'
  | 'call_met'
  | 'call_met_conditionally'
  | 'call_state'
  | 'files_missing'
  | 'missing';

/** Tables, plots, lists of figures and notes: each has a heading. */
export type SectionId =
  | 'summary'
  | 'held_list'
  | 'held_by_day'
  | 'held_by_day_plot'
  | 'decisions_by_outcome'
  | 'penalties_by_month'
  | 'penalties_by_month_plot'
  | 'terms'
  | 'fines_by_currency'
  | 'articles'
  | 'articles_plot'
  | 'counsel'
  | 'conditions'
  | 'estimates'
  | 'estimates_plot'
  | 'calls'
  | 'missing'
  | 'custody'
  | 'custody_plot'
  | 'waves'
  | 'waves_plot'
  | 'penalties'
  | 'notes'
  | 'dossier_identity'
  | 'dossier_arrest'
  | 'dossier_detention'
  | 'dossier_circumstances'
  | 'dossier_remedies'
  | 'dossier_submitter'
  | 'overview'
  | 'days'
  | 'by_month'
  | 'denials_by_result'
  | 'denials_by_pretext'
  | 'detainees'
  | 'person'
  | 'roles'
  | 'denials'
  | 'by_family'
  | 'by_article'
  | 'files';

export type ColumnId =
  | 'addressee'
  | 'amount'
  | 'article'
  | 'arrests'
  | 'call'
  | 'case'
  | 'condition'
  | 'confirmed_until'
  | 'days_gross'
  | 'days_in_custody'
  | 'days_net'
  | 'days_outstanding'
  | 'days_served'
  | 'decided'
  | 'denials'
  | 'detention'
  | 'documented'
  | 'estimated'
  | 'estimator'
  | 'expected_release'
  | 'family'
  | 'fines'
  | 'fines_gross'
  | 'fines_net'
  | 'fines_outstanding'
  | 'fines_paid'
  | 'from'
  | 'gap'
  | 'held'
  | 'held_confirmed'
  | 'held_unconfirmed'
  | 'hours'
  | 'issued'
  | 'kind'
  | 'day'
  | 'mean'
  | 'met'
  | 'missing'
  | 'month'
  | 'name'
  | 'not_met'
  | 'outcome'
  | 'persons'
  | 'predicate'
  | 'pretext'
  | 'regime'
  | 'region'
  | 'reports'
  | 'result'
  | 'role'
  | 'sentences'
  | 'since'
  | 'state'
  | 'times'
  | 'status'
  | 'to'
  | 'wave'
  | 'currency'
  | 'arrested'
  | 'confirmed'
  | 'release'
  | 'on'
  | 'days'
  | 'days_in_force'
  | 'imposed'
  | 'net'
  | 'outstanding'
  | 'code'
  | 'ordinal'
  | 'period'
  | 'unit'
  | 'word'
  | 'difference'
  | 'made'
  | 'campaign';

export type NoteId =
  | 'bounds_cover_what_is_recorded'
  | 'currencies_never_summed'
  | 'estimates_never_added'
  | 'law_partly_assumed'
  | 'names_only_with_consent'
  | 'no_name_without_consent'
  | 'runs_assumed_consecutive'
  | 'small_counts_withheld'
  | 'unconfirmed_past_support'
  | 'documented_is_not_all'
  | 'two_worlds'
  | 'earlier_months'
  | 'period_by_latest_day'
  | 'uncertain_period';

/** What the questionnaire of the Working Group asks. */
export type QuestionId =
  | 'family_name'
  | 'first_name'
  | 'name_as_recorded'
  | 'sex'
  | 'born'
  | 'nationality'
  | 'identity_document'
  | 'profession'
  | 'address'
  | 'arrest_date'
  | 'arrest_place'
  | 'arresting_forces'
  | 'warrant_shown'
  | 'warrant_authority'
  | 'arrest_reasons'
  | 'arrest_legislation'
  | 'detention_date'
  | 'detention_duration'
  | 'holding_forces'
  | 'detention_places'
  | 'ordering_authorities'
  | 'detention_reasons'
  | 'detention_legislation'
  | 'circumstances'
  | 'why_arbitrary'
  | 'remedies'
  | 'submitter_name'
  | 'submitter_address'
  | 'submitter_status'
  | 'submitted_on'
  | 'signature';

/** Codes that no list of the domain holds. */
export const REGIONS = ['BY-BR', 'BY-HM', 'BY-HO', 'BY-HR', 'BY-MA', 'BY-MI', 'BY-VI'] as const;
export const PREDICATES = [
  'arrested',
  'charged',
  'penalised',
  'sentenced',
  'fined',
  'charged_and_fined',
  'detained',
] as const;
export const RECOMMENDATION_KINDS = [
  'terminate_proceedings',
  'release_unconditional',
  'withdraw_fines',
] as const;
export const CALL_STATES = ['open', 'partly', 'met'] as const;
export const DECISION_CLASSES = [
  'detention_only',
  'fine_only',
  'both',
  'other',
  'terminated',
  'acquitted',
] as const;
export const DENIAL_RESULTS = ['within48h', 'exceeded48h', 'undetermined'] as const;
export const FAMILIES = ['mass_events', 'disobedience', 'petty_hooliganism', 'none'] as const;
export const PENALTY_KINDS = ['sentence', 'fine'] as const;
export const SUPPORTS = ['confirmed', 'unconfirmed'] as const;
export const ANSWERS = ['yes', 'no'] as const;
export const ESTIMATE_UNITS = ['persons', 'penalties'] as const;
/** What a case has not, so that a figure of it is less than it could be. */
export const MISSING_CODES = [
  'no_custody',
  'no_arrest_date',
  'no_region',
  'no_release',
  'no_charge_article',
  'no_penalty',
  'undated_sentence',
  'undated_fine',
  'no_fine_amount',
  'custody_unsupported',
  'unsourced',
] as const;
/** The row of denials of counsel for which no pretext is recorded. */
export const NO_PRETEXT = 'none';
/** Why an estimate must not be subtracted from what stands beside it. */
export const DIFFERENCES = ['predicate', 'period', 'scope'] as const;
/** Why something that is recorded is not shown. */
export const DISCLOSURES = ['without_consent'] as const;
export const REMEDIES = ['appeal_filed'] as const;
