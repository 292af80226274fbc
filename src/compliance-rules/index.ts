/** The compliance rules: pure, dated, and known by what was known when. */
export { assessAt, assessEpisode, prepare, type AssessmentOptions, type PreparedDossier } from './assess-episode.js';
export { legalBasisOn, ruleById, RULES, rulesOn, type CatalogueEntry } from './catalogue.js';
export { LEGAL_BASES, type LegalBasisTable } from './legal-basis.js';
export * from './model.js';
export { POLICY_DEFAULTS, policyOn, type PolicyOnDay, type PolicyValues } from './policy.js';
export { dueOnAt, evidenceAt } from './segments.js';
export { entryStatuses, resolveEntries, type EntryStatus } from './resolve-entries.js';
