import { defineStep } from '../../../../recording/step.js';
import { moveEpisode } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const moveEpisodeStep = defineStep({
  name: 'MoveEpisode',
  records: FACTS.CareEpisodeMovedUnit,
  path: 'care-episodes/:id/unit-moves',
  summary: 'Flytta insatsen till en annan enhet',
  example: { unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001', effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: moveEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNIT_CLOSED],
});
