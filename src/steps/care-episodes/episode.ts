import { defineStep } from '../../recording/step.js';
import {
  startEpisode,
  moveEpisode,
  duringCare,
  pauseEpisode,
  resumeEpisode,
  endEpisode,
} from './domain/decide-episode.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from './domain/refusals.js';
import { episodeOf } from './episode-of.js';

export const startEpisodeStep = defineStep({
  name: 'StartEpisode',
  records: FACTS.CareEpisodeStarted,
  summary: 'Registrera att en omsorgsperiod börjar hos en enhet',
  example: {
    recipient: '5f0c8d2a-3333-4a6b-9c3d-000000000001',
    unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001',
    careForm: 'HOME_CARE',
    legalGround: 'SOL_NEEDS_ASSESSED',
    services: ['PERSONAL_CARE', 'CLEANING'],
    effectiveOn: '2026-11-02',
  },
  stateOf: episodeOf,
  decide: startEpisode,
  refusals: [refusals.UNIT_CLOSED],
});

export const moveEpisodeStep = defineStep({
  name: 'MoveEpisode',
  records: FACTS.CareEpisodeMovedUnit,
  summary: 'Registrera att omsorgen övergår till en annan enhet',
  example: { unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001', effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: moveEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNIT_CLOSED],
});

export const changeServicesStep = defineStep({
  name: 'ChangeServices',
  records: FACTS.ServicesChanged,
  summary: 'Registrera att de beviljade insatserna har ändrats',
  description:
    'En bedömning att en kontakt är uppenbart obehövlig gäller bara de beviljade insatser som fanns när den gjordes.',
  example: { services: ['SAFETY_ALARM', 'PERSONAL_CARE'], effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const pauseEpisodeStep = defineStep({
  name: 'PauseEpisode',
  records: FACTS.CareEpisodePaused,
  summary: 'Registrera att ett uppehåll börjar',
  example: { cause: 'HOSPITAL', effectiveOn: '2026-11-18' },
  stateOf: episodeOf,
  decide: pauseEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.EPISODE_ALREADY_PAUSED],
});

export const resumeEpisodeStep = defineStep({
  name: 'ResumeEpisode',
  records: FACTS.CareEpisodeResumed,
  summary: 'Registrera att ett uppehåll slutar',
  example: { effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: resumeEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.EPISODE_NOT_PAUSED],
});

export const endEpisodeStep = defineStep({
  name: 'EndEpisode',
  records: FACTS.CareEpisodeEnded,
  summary: 'Registrera att omsorgsperioden slutar',
  example: { cause: 'DECISION_ENDED', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: endEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ALREADY_ENDED, refusals.EPISODE_END_BEFORE_START],
});
