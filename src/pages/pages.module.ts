import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Question } from '../answers/http/question.js';
import { ConsistencyInterceptor } from '../kernel/http/consistency.js';
import { FindPages } from './find/find.controller.js';
import { HelpPages } from './help/help.controller.js';
import { AssetsController } from './html/assets.controller.js';
import { OperationPages } from './operation/operation.controller.js';
import { InspectionPages } from './inspection/inspection.controller.js';
import { PersonTimesPages } from './person/times.controller.js';
import { PersonPages } from './person/person.controller.js';
import { ChoosePages } from './record/choose.controller.js';
import { stepPages } from './record/step-pages.js';
import { StaffPages } from './staff/staff.controller.js';
import { allSteps } from '../steps/steps.js';
import { RulesPages } from './rules/rules.controller.js';
import { StartPages } from './start/start.controller.js';
import { ReproductionPages } from './supervision/reproduction.controller.js';
import { SupervisionPages } from './supervision/supervision.controller.js';
import { UnitsPages } from './units/units.controller.js';

/** Every page. They ask the buses and nobody else. */
@Module({
  imports: [CqrsModule],
  controllers: [
    AssetsController,
    StartPages,
    UnitsPages,
    PersonPages,
    PersonTimesPages,
    InspectionPages,
    FindPages,
    RulesPages,
    HelpPages,
    OperationPages,
    // Before the figures, whose names stand in the same place of an address.
    ReproductionPages,
    SupervisionPages,
    StaffPages,
    ChoosePages,
    ...allSteps.map(stepPages),
  ],
  providers: [Question, ConsistencyInterceptor],
})
export class PagesModule {}
