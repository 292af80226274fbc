import { type ToldFacts, type ToldTable, toldTable } from '../../documents/told-content.js';
import type { ToldCheckpoint } from '../../kernel/observability/verification-protocol.js';
import type { WitnessFigures } from '../../kernel/observability/witness-figures.js';
import { atTime } from '../../kernel/time/swedish-dates.js';

const KINDS: Readonly<Record<WitnessFigures['kind'], string>> = {
  FOLDER: 'mapp hos någon annan',
  WITNESS: 'vittne',
  TIME_STAMPS: 'tidsstämplare',
};

/** A checkpoint in pairs, as somebody compares it with one that was handed out. */
export function checkpointFacts({ origin, size, root, lastPosition, at, keyId }: ToldCheckpoint): ToldFacts {
  return [
    ['Kontrollpunkt', `${atTime(at)}, över ${size} händelser (till och med plats ${lastPosition} i loggen)`],
    ['Loggens namn', origin],
    ['Rotvärde', root],
    ['Undertecknad med nyckel', keyId],
  ];
}

/** What each witness has seen. */
export function witnessTable(witnesses: readonly WitnessFigures[]): ToldTable {
  return toldTable(
    [
      ['Vittne', 3],
      ['Slag', 2],
      ['Har sett', 3],
      ['Stämmer', 2],
    ],
    witnesses.map(({ name, kind, size, at, problem }) => [
      name,
      KINDS[kind],
      size === 0 ? 'ingenting än' : `${size} händelser${at === undefined ? '' : `, ${atTime(at)}`}`,
      problem === undefined
        ? size === 0
          ? '–'
          : 'Ja'
        : problem === 'LATE'
          ? 'Kunde inte nås senast'
          : `Nej (${problem})`,
    ]),
  );
}

/** How many events enough witnesses vouch for. */
export function witnessedFacts(witnessed: { readonly needed: number; readonly size: number } | undefined): ToldFacts {
  if (witnessed === undefined) return [['Vittnen', 'Inget vittne utanför registret är angivet']];
  const { needed, size } = witnessed;
  return [['Bekräftat av vittnen', `${size} händelser; ${needed === 1 ? 'ett vittne' : `${needed} vittnen`} krävs`]];
}
