import { refusalTypes } from '../../../kernel/event-sourcing/decider.js';

/** Why a step about a unit cannot be true. */
export const unitRefusals = refusalTypes({
  UNIT_ANNULLED: [
    'CONFLICT',
    'Enhetens öppnande är makulerat',
    'Rätta makuleringen om öppnandet ändå stämde, eller välj rätt enhet.',
  ],
  UNIT_ALREADY_CLOSED: [
    'CONFLICT',
    'Enheten är redan stängd',
    'Dagen ligger på eller efter stängningen. Rätta stängningsdagen om den är fel.',
  ],
  UNIT_CLOSED_BEFORE_OPENED: [
    'IMPOSSIBLE',
    'Stängningen ligger före öppnandet',
    'Ange tidigast den dag då enheten öppnade.',
  ],
});
