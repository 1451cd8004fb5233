/** Tables, plots, lists of figures and notes: each has a heading. */
export type SectionId =
  | 'articles'
  | 'articles_plot'
  | 'by_article'
  | 'by_family'
  | 'by_month'
  | 'calls'
  | 'conditions'
  | 'conditions_by_kind'
  | 'counsel'
  | 'custody'
  | 'custody_plot'
  | 'days'
  | 'decisions'
  | 'decisions_by_outcome'
  | 'denials'
  | 'denials_by_pretext'
  | 'denials_by_result'
  | 'detainees'
  | 'dossier_arrest'
  | 'dossier_circumstances'
  | 'dossier_detention'
  | 'dossier_identity'
  | 'dossier_remedies'
  | 'dossier_submitter'
  | 'estimates'
  | 'estimates_plot'
  | 'files'
  | 'fines_by_currency'
  | 'held_by_day'
  | 'held_by_day_plot'
  | 'missing'
  | 'notes'
  | 'overview'
  | 'penalties'
  | 'penalties_by_month_plot'
  | 'terms'
  | 'waves'
  | 'waves_plot';

export type ColumnId =
  | 'addressee'
  | 'amount'
  | 'arrested'
  | 'arrests'
  | 'article'
  | 'call'
  | 'campaign'
  | 'case'
  | 'code'
  | 'condition'
  | 'confirmed'
  | 'confirmed_until'
  | 'counted_to'
  | 'currency'
  | 'day'
  | 'days'
  | 'days_gross'
  | 'days_in_custody'
  | 'days_net'
  | 'days_outstanding'
  | 'days_served'
  | 'decided'
  | 'denials'
  | 'detention'
  | 'difference'
  | 'documented'
  | 'estimated'
  | 'estimator'
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
  | 'kind'
  | 'made'
  | 'mean'
  | 'met'
  | 'missing'
  | 'month'
  | 'name'
  | 'net'
  | 'not_met'
  | 'on'
  | 'ordinal'
  | 'outcome'
  | 'period'
  | 'persons'
  | 'predicate'
  | 'pretext'
  | 'region'
  | 'release'
  | 'reports'
  | 'result'
  | 'role'
  | 'sentences'
  | 'since'
  | 'state'
  | 'status'
  | 'times'
  | 'to'
  | 'unit'
  | 'wave'
  | 'word';

export type NoteId =
  | 'currencies_never_summed'
  | 'documented_is_not_all'
  | 'earlier_months'
  | 'estimates_never_added'
  | 'filters_match_nothing'
  | 'law_partly_assumed'
  | 'names_only_with_consent'
  | 'no_name_without_consent'
  | 'period_by_latest_day'
  | 'runs_assumed_consecutive'
  | 'two_worlds'
  | 'uncertain_period'
  | 'small_counts_withheld';

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
export const FAMILIES = ['mass_events', 'disobedience', 'petty_hooliganism', 'none'] as const;
export const PENALTY_KINDS = ['sentence', 'fine', 'same_fine'] as const;
export const SUPPORTS = ['confirmed', 'unconfirmed'] as const;
export const ANSWERS = ['yes', 'no'] as const;
/** The row of denials of counsel for which no pretext is recorded. */
export const NO_PRETEXT = 'none';
/** Why an estimate must not be subtracted from what stands beside it. */
export const DIFFERENCES = ['predicate', 'period', 'as_of', 'scope', 'exceeded', 'reached'] as const;
/** Why something that is recorded is not shown. */
export const DISCLOSURES = ['without_consent', 'erased'] as const;
export const REMEDIES = [
  'appeal_filed',
  'appeal_decided',
  'proceeding_terminated',
  'sentence_reduced',
  'fine_reduced',
  'penalty_annulled',
  'fine_withdrawn',
] as const;
export const CALL_STATES = ['open', 'partly', 'met'] as const;
/** Rows of what lies before and after the months shown, and of the whole period. */
export const ROWS = ['earlier', 'later', 'period'] as const;
