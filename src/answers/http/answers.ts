import type { AccessPolicyAnswer } from '../access/policy-answer.js';
import type { WhoCouldReadAnswer } from '../access/who-could-read.query.js';
import type { InspectionSampleAnswer } from '../access/get-inspection-sample.js';
import type { GrantsAnswer, InspectionsAnswer } from '../access/list-decided.js';
import type { CodesAnswer } from '../codes/codes.js';
import type { ComplianceAnswer, ComplianceSegmentsAnswer } from '../compliance/get-compliance.js';
import type { RulesAnswer } from '../compliance/rules-answer.js';
import type { State } from '../current-state/fold.js';
import type { StateAnswer } from '../current-state/get-state.js';
import type { UnitContactsAnswer, UnitCurrentAnswer, UnitDueAnswer } from '../current-state/unit-queries.js';
import type { RecipientFile } from '../file/recipient-file.js';
import type { UnitsAnswer } from '../find/list-units.js';
import type { FoundRecipients } from '../find/search-recipients.js';
import type { UnitRecipientsAnswer, UnitStaffAnswer } from '../find/unit-people.js';
import type { FigureEpisodesAnswer } from '../reports/get-figure-episodes.js';
import type { SeriesAnswer } from '../reports/get-series.js';
import type { Reproduction } from '../reports/reproduce.js';
import type { SupervisionReport } from '../reports/report.js';
import type { ReplayAnswer } from '../timeline/replay.js';
import type { TimelineAnswer } from '../timeline/get-timeline.js';
import type { LastVerificationAnswer } from '../verification/last-verification.js';

/**
 * What a recipient, an episode, an employee or a unit looks like, besides what every answer says: what its entries
 * told.
 */
export type StateShown = Omit<StateAnswer, 'state'> & State;

/**
 * What each question over HTTP is answered with. `npm run answers` makes the schemas of the OpenAPI document from it.
 */
export interface Answers {
  readonly CodesController_codes: CodesAnswer;
  readonly FindController_search: FoundRecipients;
  readonly FindController_units: UnitsAnswer;
  readonly FindController_recipients: UnitRecipientsAnswer;
  readonly FindController_staff: UnitStaffAnswer;
  readonly StateController_recipient: StateShown;
  readonly StateController_episode: StateShown;
  readonly StateController_staff: StateShown;
  readonly StateController_unit: StateShown;
  readonly TimelineController_timeline: TimelineAnswer;
  readonly TimelineController_replay: ReplayAnswer;
  readonly FileController_file: RecipientFile;
  readonly VerificationController_last: LastVerificationAnswer;
  readonly ComplianceController_compliance: ComplianceAnswer;
  readonly ComplianceController_segments: ComplianceSegmentsAnswer;
  readonly ComplianceController_rules: RulesAnswer;
  readonly UnitController_current: UnitCurrentAnswer;
  readonly UnitController_due: UnitDueAnswer;
  readonly UnitController_contacts: UnitContactsAnswer;
  readonly ReportController_report: SupervisionReport;
  readonly ReportController_episodes: FigureEpisodesAnswer;
  readonly ReportController_series: SeriesAnswer;
  readonly ReproductionController_reproduce: Reproduction;
  readonly AccessController_policy: AccessPolicyAnswer;
  readonly AccessController_whoCouldRead: WhoCouldReadAnswer;
  readonly DecidedAccessController_grants: GrantsAnswer;
  readonly DecidedAccessController_inspections: InspectionsAnswer;
  readonly DecidedAccessController_sample: InspectionSampleAnswer;
}
