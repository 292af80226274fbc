import { dayOf } from '../../kernel/time/day.js';
import { countedFrom } from '../deadlines.js';
import { BEGINNING, FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Whether the care began in time after the decision, where the policy of that day says how soon; true of every day. */
function evaluate({ care, policy }: Situation): readonly Piece[] {
  const { start, paused } = care;
  if (start.data.decidedOn === undefined) return [];
  const decided = dayOf(start.data.decidedOn);
  const days = policy.on(decided).startWithinDays;
  if (days === undefined) return [];
  const late = start.day >= countedFrom(decided, days, paused);
  return new Pieces().say(BEGINNING, FOREVER, late ? 'WARNING' : 'MET', [start.id]).list;
}

export const startedInTimeRule: Rule = {
  id: 'STARTED_IN_TIME',
  name: 'Omsorgen påbörjad i tid',
  words: {
    lack: 'Omsorgen påbörjad för sent',
    wanting: 'Omsorgen påbörjades senare än kommunen har bestämt.',
    mendedBy: 'EntryCorrected',
    button: 'Rätta startdagen',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Beslutade insatser ska påbörjas inom den tid efter beslutet som kommunen har bestämt.',
      parameters: ['startWithinDays'],
      evaluate,
    },
  ],
};
