import { answerWithin } from '../../documents/embedded-file.js';
import type { PdfStandard, PrintRequest } from '../../documents/print-pdf.js';
import {
  type ToldContent,
  type ToldFacts,
  type ToldSection,
  toldSection,
  toldTable,
} from '../../documents/told-content.js';
import { ruleById } from '../../compliance-rules/index.js';
import { CARE_FORMS, PROTECTIONS } from '../../facts/codes.js';
import { codeWords, entryLabel, roleWords } from '../../facts/labels.js';
import { isId } from '../../kernel/id-form.js';
import { atTime, longDay } from '../../kernel/time/swedish-dates.js';
import { dayOf, formatDay } from '../../kernel/time/day.js';
import type { Run } from '../compliance/get-picture.js';
import type { RuleInTime } from '../compliance/compliance.js';
import { checkpointFacts, witnessedFacts, witnessTable } from '../documents/proof-words.js';
import { ENTRY_STATUS_LABELS, markLines, TITLE_LABELS } from '../labels.js';
import { valueLines } from '../text/entry-text.js';
import { Names } from '../text/names.js';
import type { TimelineEntry } from '../timeline/timeline.js';
import type { ContactInFile, EpisodeInFile, RecipientFile } from './recipient-file.js';

const STATUSES = { MET: 'Uppfyllt', DUE: 'Inom tid', BREACH: 'Brist', WARNING: 'Anmärkning' } as const;
const UNKNOWN = '[kan inte läsas]';
const ROLES: Readonly<Record<ContactInFile['role'], string>> = {
  PRIMARY: 'ordinarie',
  SECOND: 'andra',
  DEPUTY: 'vice',
};

/** One person's file as a document for people, with the answer inside it where it is for the archive. */
export function fileDocument(file: RecipientFile, standard: PdfStandard): PrintRequest {
  const { recipient, on, knownAt, position, generatedAt, proof } = file;
  const names = namesOf(file);
  return {
    template: 'file',
    head: {
      title: 'Akt ur registret över fast omsorgskontakt',
      subtitle: called(recipient, names),
      controller: file.controllers.map((id) => names.of(id)).join(', '),
      on,
      knownAt,
      position,
      checkpoint: proof.checkpoint?.root ?? proof.leaf,
      generatedAt,
    },
    content: fileContent(file, names),
    standard,
    createdAt: generatedAt,
    ...answerWithin(standard, `akt-${recipient}.json`, file),
  };
}

function namesOf({ entries, names: given }: RecipientFile): Names {
  const names = new Names(entries.map(({ eventId, ...entry }) => ({ ...entry, id: eventId })));
  for (const [id, name] of Object.entries(given)) names.call(id, name);
  return names;
}

function fileContent(file: RecipientFile, names: Names): ToldContent {
  const { recipient, recipients, state, entries, episodes } = file;
  const numbers = new Map(entries.map(({ eventId }, at) => [eventId, String(at + 1)]));
  const merged = recipients.filter((id) => id !== recipient);
  return {
    facts: [
      ['Namn', called(recipient, names)],
      ...identityFacts(state),
      [
        'Omfattning',
        `${entries.length === 1 ? 'en händelse' : `${entries.length} händelser`}, ${episodes.length === 1 ? 'en omsorgsperiod' : `${episodes.length} omsorgsperioder`}`,
      ],
      ['Id i registret', recipient],
      ...(merged.length === 0 ? [] : [['Sammanslagen med', merged.join(', ')] as const]),
    ],
    remarks: [
      ...markLines(file),
      ...(state['forgottenOn'] === undefined
        ? []
        : [`Personuppgifterna gallrades ${longDay(String(state['forgottenOn']))}. Kvar är vad som hände och när.`]),
    ],
    sections: [
      ...episodes.map((episode) => episodeSection(episode, names, numbers)),
      historySection(entries, names),
      proofSection(file),
    ],
  };
}

function identityFacts(state: RecipientFile['state']): ToldFacts {
  const { identity, protection, registeredOn } = state;
  const value = typeof identity === 'object' && identity !== null ? Object(identity) : {};
  const number: unknown = value.canonical ?? value.value;
  return [
    ['Personnummer', typeof number === 'string' ? number.replace(/^(\d{8})(\d{4})$/, '$1-$2') : UNKNOWN],
    ...(typeof registeredOn === 'string' ? [['Registrerad', longDay(registeredOn)] as const] : []),
    ...(typeof protection === 'string' && protection !== 'NONE'
      ? [['Skyddade uppgifter', codeWords(PROTECTIONS, protection)] as const]
      : []),
  ];
}

function episodeSection(episode: EpisodeInFile, names: Names, numbers: ReadonlyMap<string, string>): ToldSection {
  const { careForm, ongoing, units, paused, offeredFrom, planAgreedFrom, standing, assignments, rules } = episode;
  const form = codeWords(CARE_FORMS, careForm);
  return toldSection(`Omsorgsperiod: ${form}${ongoing ? `, ${span(ongoing)}` : ''}`, {
    paragraphs: [
      'Numren efter ”nr” är händelsernas nummer i historiken längre fram. Dagarna räknas till och med den sista.',
    ],
    facts: [
      ...units.map((stay) => ['Enhet', `${called(stay.unit, names)}, ${span(stay)}`] as const),
      ...paused.map((run) => ['Uppehåll', span(run)] as const),
      ['Erbjuden fast omsorgskontakt', offeredFrom === undefined ? 'Nej' : `Första gången ${longDay(offeredFrom)}`],
      ...standing.map((run) => [run.answer === 'YES' ? 'Tackat ja' : 'Tackat nej', span(run)] as const),
      ['Genomförandeplan', planAgreedFrom === undefined ? 'Ingen' : `Första gången ${longDay(planAgreedFrom)}`],
      ['Id i registret', episode.episode],
    ],
    tables: [
      ...(assignments.length === 0
        ? []
        : [
            toldTable(
              [
                ['Kontakt', 4],
                ['Roll', 2],
                ['Tid', 5],
                ['Rätt till yrkestiteln undersköterska', 5],
                ['Styrks av', 2.4],
              ],
              assignments.map((contact) => contactRow(contact, names, numbers)),
              'Fasta omsorgskontakter',
            ),
          ]),
      toldTable(
        [
          ['Krav', 5.4],
          ['Bedömning', 2.3],
          ['Tid', 4.3],
          ['Stöd', 5.4],
          ['Vilar på', 3],
        ],
        rules.map((rule) => ruleRow(rule, names, numbers)),
        'Bedömning över tid',
      ),
    ],
  });
}

function contactRow(contact: ContactInFile, names: Names, numbers: ReadonlyMap<string, string>): string[] {
  const { staff, name, role, absent, titles, titleEvidence } = contact;
  return [
    name ?? called(staff, names),
    ROLES[role],
    [days(contact), ...absent.map((run) => `frånvarande ${days(run)}`)].join('\n'),
    titles.map((run) => `${TITLE_LABELS[run.basis]}\n${days(run)}`).join('\n') || '–',
    references(titleEvidence, numbers),
  ];
}

function ruleRow(rule: RuleInTime, names: Names, numbers: ReadonlyMap<string, string>): string[] {
  const { assignment, dueOn, kind, legalBasis, basis } = rule;
  return [
    [ruleById(rule.rule)?.name ?? rule.rule, ...(assignment === undefined ? [] : [called(assignment, names)])].join(
      '\n',
    ),
    STATUSES[rule.status],
    [days(rule), ...(dueOn === undefined ? [] : [`senast ${dueOn}`])].join('\n'),
    [
      ...(legalBasis === undefined ? [] : [legalBasis]),
      ...(kind === 'LOCAL' ? ['lokal rutin, inte lag'] : []),
      ...(basis?.document === undefined ? [] : [basis.document]),
    ].join('\n'),
    references(rule.evidence, numbers),
  ];
}

/** The numbers of events in the history; what stands in no history of the person is counted. */
function references(ids: readonly string[], numbers: ReadonlyMap<string, string>): string {
  const known = ids.flatMap((id) => numbers.get(id) ?? []);
  const others = ids.length - known.length;
  const parts = [
    ...(known.length === 0 ? [] : [`nr ${known.join(', ')}`]),
    ...(others === 0 ? [] : [`${others} utanför historiken`]),
  ];
  return parts.join('; ') || '–';
}

function historySection(entries: readonly TimelineEntry[], names: Names): ToldSection {
  return toldSection('Historik', {
    paragraphs: [
      'Allt som har registrerats, i ordning efter den dag då det blev sant. Ingenting har tagits bort: det som har rättats eller makulerats står kvar, med vad som gäller i stället.',
    ],
    tables: [
      toldTable(
        [
          ['Nr', 1],
          ['Dag', 2.2],
          ['Händelse', 7.3],
          ['Registrerad', 6.7],
        ],
        entries.map((entry, at) => [
          String(at + 1),
          entry.effectiveOn,
          toldEntry(entry, names),
          recorded(entry, names),
        ]),
      ),
    ],
  });
}

function toldEntry(entry: TimelineEntry, names: Names): string {
  const { type, effectiveOn, status, late, staff, effective, correctedBy, disputedBy, lateReason } = entry;
  const marks = [
    ...(status === 'VALID' ? [] : [ENTRY_STATUS_LABELS[status]]),
    ...(late ? ['sent registrerad'] : []),
    ...(entry.seal === undefined ? [] : [entry.seal === 'DESTROYED' ? 'gallrad' : 'skadad']),
  ];
  return [
    `${entryLabel(type, effective?.effectiveOn ?? effectiveOn)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
    ...(staff === undefined ? [] : [`medarbetare: ${staff.name ?? staff.id}`]),
    ...valueLines(entry, entry.data, names),
    ...(lateReason === undefined ? [] : [`skäl till sen registrering: ${lateReason}`]),
    ...(correctedBy === undefined
      ? []
      : [`${status === 'ANNULLED' ? 'Makulerad' : 'Rättad'} genom: ${names.of(correctedBy)}`]),
    ...(effective ? [`Rätt är: ${longDay(effective.effectiveOn)}`, ...valueLines(entry, effective.data, names)] : []),
    ...(disputedBy ?? []).map((id) => `Bestrids genom: ${names.of(id)}`),
  ].join('\n');
}

function recorded({ recordedAt, documentedAt, actor, eventId, position }: TimelineEntry, names: Names): string {
  return [
    atTime(recordedAt),
    ...(documentedAt === undefined ? [] : [`dokumenterad ${atTime(documentedAt)}`]),
    `av ${recordedBy(actor, names)}`,
    `plats ${position} i loggen`,
    eventId,
  ].join('\n');
}

/** Of an employee who has no name here, since her data are protected or gone, the role is all that is told. */
function recordedBy({ id, role }: TimelineEntry['actor'], names: Names): string {
  const name = called(id, names);
  return name === id && isId(id) ? roleWords(role) : `${name} (${roleWords(role)})`;
}

function proofSection({ proof, entries }: RecipientFile): ToldSection {
  const { register, leaf, sealed, unsealed, checkpoint, witnessed, witnesses, verified } = proof;
  return toldSection('Vad som styrker uppgifterna', {
    paragraphs: [
      'Varje händelse är låst till den före i samma följd, så att ingen kan ändras eller tas bort utan att det syns. En kontrollpunkt är registrets underskrift över alla händelser fram till en viss plats. Den som har fått en kontrollpunkt tidigare, eller är vittne, kan visa att ingenting före den har ändrats sedan dess.',
      'Så kontrolleras uppgifterna: begär ett utdrag med bevis ur registret (”fok export” med id:t på första sidan). Det innehåller varje händelse i denna akt med beviset för att den står i loggen, och kan kontrolleras med ”fok verify-export” utan tillgång till registret. Jämför rotvärdet och nyckeln nedan med dem i utdraget och med dem som vittnena har.',
    ],
    facts: [
      ['Register', register],
      ...(leaf === null ? [] : [['Sista händelsens kontrollvärde', leaf] as const]),
      [
        'Under kontrollpunkt',
        `${sealed} av ${entries.length} händelser i akten${unsealed === 0 ? '' : `; ${unsealed} registrerades efter den`}`,
      ],
      ...(checkpoint ? checkpointFacts(checkpoint) : [['Kontrollpunkt', 'Ingen än'] as const]),
      ...witnessedFacts(witnessed),
      ...(verified === undefined
        ? []
        : [
            [
              'Hela loggen kontrollerad',
              `${atTime(verified.at)}, ${verified.events} händelser${verified.findings === 0 ? ', utan anmärkning' : `, ${verified.findings} fel`}`,
            ] as const,
          ]),
    ],
    tables: witnesses.length === 0 ? [] : [witnessTable(witnesses)],
    verbatim: checkpoint ? [checkpoint.note.trimEnd()] : [],
  });
}

function called(id: string, names: Names): string {
  const name = names.of(id);
  return name === '' ? UNKNOWN : name;
}

/** As {@link span}, short enough for a column. */
function days({ from, to }: Run): string {
  if (to === undefined) return `från ${from}`;
  const last = formatDay(dayOf(to) - 1);
  return last === from ? from : `${from} – ${last}`;
}

/** The last day is told, not the first day after: that is how people mean “to”. */
function span({ from, to }: Run): string {
  if (to === undefined) return `från ${longDay(from)}`;
  const last = formatDay(dayOf(to) - 1);
  return last === from ? longDay(from) : `${longDay(from)} – ${longDay(last)}`;
}
