import { AccessController } from './access/access.controller.js';
import { GetWhoCouldReadHandler } from './access/who-could-read.query.js';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ConsistencyInterceptor } from '../kernel/http/consistency.js';
import { DecidedAccessController } from './access/decided-access.controller.js';
import { GetInspectionSampleHandler } from './access/get-inspection-sample.js';
import { ListGrantsHandler, ListInspectionsHandler } from './access/list-decided.js';
import { CodesController } from './codes/codes.controller.js';
import { ComplianceController } from './compliance/compliance.controller.js';
import { GetComplianceHandler, GetComplianceSegmentsHandler } from './compliance/get-compliance.js';
import { GetPictureHandler } from './compliance/get-picture.js';
import { GetRulesHandler } from './compliance/get-rules.js';
import { GetStateHandler } from './current-state/get-state.js';
import { DataController } from './controllers/data-controller.controller.js';
import { EntryController } from './entries/entry.controller.js';
import { PolicyController } from './policies/policy.controller.js';
import { ProjectionsController } from './projections/projections.controller.js';
import { StateController } from './current-state/state.controller.js';
import { GetUnitContactsHandler, GetUnitCurrentHandler, GetUnitDueHandler } from './current-state/unit-queries.js';
import { UnitController } from './current-state/unit.controller.js';
import { ReadEntryHandler } from './entries/read-entry.js';
import { FileController } from './file/file.controller.js';
import { GetRecipientFileHandler } from './file/get-recipient-file.js';
import { FindController } from './find/find.controller.js';
import { ListUnitsHandler } from './find/list-units.js';
import { SearchRecipientsHandler } from './find/search-recipients.js';
import { GetUnitRecipientsHandler, GetUnitStaffHandler } from './find/unit-people.js';
import { Question } from './http/question.js';
import { GetFigureEpisodesHandler } from './reports/get-figure-episodes.js';
import { GetReportHandler } from './reports/get-report.js';
import { GetSeriesHandler } from './reports/get-series.js';
import { PrintReportHandler } from './reports/print-report.js';
import { ReportController } from './reports/report.controller.js';
import { ReproduceReportHandler } from './reports/reproduce-report.js';
import { ReproductionController } from './reports/reproduction.controller.js';
import { GetReplayHandler } from './timeline/get-replay.js';
import { GetTimelineHandler } from './timeline/get-timeline.js';
import { ListControllersHandler } from './controllers/list-controllers.js';
import { ListPoliciesHandler } from './policies/list-policies.js';
import { GetNamesHandler } from './text/get-names.js';
import { GetComparisonHandler } from './reports/get-comparison.js';
import { GetOperationHandler } from './projections/get-operation.js';
import { VerificationController } from './verification/verification.controller.js';
import { TimelineController } from './timeline/timeline.controller.js';

/** Every answer of the register over HTTP. Needs READ_SIDE and FRESHNESS from a global module. */
@Module({
  imports: [CqrsModule],
  controllers: [
    DataController,
    CodesController,
    PolicyController,
    EntryController,
    ProjectionsController,
    FindController,
    StateController,
    TimelineController,
    FileController,
    VerificationController,
    ComplianceController,
    UnitController,
    ReportController,
    ReproductionController,
    AccessController,
    DecidedAccessController,
  ],
  providers: [
    Question,
    ConsistencyInterceptor,
    GetComplianceHandler,
    GetComplianceSegmentsHandler,
    GetFigureEpisodesHandler,
    GetPictureHandler,
    GetRecipientFileHandler,
    GetReplayHandler,
    GetReportHandler,
    ReproduceReportHandler,
    PrintReportHandler,
    GetRulesHandler,
    GetSeriesHandler,
    GetStateHandler,
    GetTimelineHandler,
    GetUnitContactsHandler,
    GetUnitCurrentHandler,
    GetUnitDueHandler,
    GetUnitRecipientsHandler,
    GetUnitStaffHandler,
    ListGrantsHandler,
    ListInspectionsHandler,
    GetInspectionSampleHandler,
    ListUnitsHandler,
    ReadEntryHandler,
    SearchRecipientsHandler,
    ListControllersHandler,
    ListPoliciesHandler,
    GetNamesHandler,
    GetComparisonHandler,
    GetWhoCouldReadHandler,
    GetOperationHandler,
  ],
})
export class AnswersModule {}
