import { answerWithin } from '../../documents/embedded-file.js';
import type { PdfStandard, PrintRequest } from '../../documents/print-pdf.js';
import { type ToldContent, type ToldSection, toldSection, toldTable } from '../../documents/told-content.js';
import type { VerificationProtocol } from '../../kernel/observability/verification-protocol.js';
import { atTime } from '../../kernel/time/swedish-dates.js';
import { findingWords } from './finding-words.js';
import { checkpointFacts, witnessedFacts, witnessTable } from '../documents/proof-words.js';

const FOUND = [
  ['Kod', 3],
  ['Var', 6.5],
  ['Vad', 6],
] as const;

/** The protocol of a verification as a document to be filed, with the protocol inside it where it is for the archive. */
export function verificationDocument(protocol: VerificationProtocol, standard: PdfStandard): PrintRequest {
  const { register, endedAt, checkpoint } = protocol;
  return {
    template: 'verification',
    head: {
      title: 'Protokoll över kontroll av loggen',
      subtitle: protocol.result === 'VERIFIED' ? 'Loggen är oförvanskad' : 'Loggen är inte som den registrerades',
      controller: `Register ${register}`,
      checkpoint: checkpoint?.root ?? null,
      generatedAt: endedAt,
    },
    content: {
      facts: resultFacts(protocol),
      remarks:
        protocol.result === 'VERIFIED'
          ? []
          : ['Stoppa registret, ändra ingenting i det och tillkalla den som utreder.'],
      sections: [
        ...findingSections(protocol),
        vouchingSection(protocol),
        ...accessSections(protocol),
        toldSection('Hur kontrollen räknades', { paragraphs: HOW }),
        toldSection('Underskrift', {
          paragraphs: ['Protokollet har tagits emot och lagts till handlingarna.'],
          facts: [
            ['Datum', '______________________'],
            ['Namn', '______________________'],
          ],
        }),
      ],
    } satisfies ToldContent,
    standard,
    createdAt: endedAt,
    ...answerWithin(standard, 'kontroll.json', protocol),
  };
}

const HOW = [
  'Varje händelses lagrade byte räknades om till sitt kontrollvärde (SHA-256) och jämfördes med det som står i loggen och med det som nästa händelse i samma följd bygger på. Ändrade, borttagna, inskjutna, flyttade och dubblerade händelser syns så.',
  'Alla händelser räknades samman i ordning till ett träd (RFC 6962). Rotvärdet jämfördes med det som registret har undertecknat i kontrollpunkten (Ed25519), och kontrollpunkten med vad vittnen utanför registret har skrivit under.',
  'Händelser som kom efter kontrollpunkten omfattas av följdernas kontrollvärden men inte av någon underskrift. Den som har både loggens filer och nyckeln kan skriva om allt; det visar bara en kontrollpunkt som någon annan har.',
];

function resultFacts({
  result,
  program,
  asked,
  startedAt,
  endedAt,
  part,
  counts,
}: VerificationProtocol): (readonly [string, string])[] {
  const { checked, sealed, unsealed, findings, backwards } = counts;
  return [
    ['Resultat', result === 'VERIFIED' ? 'Inget fel har hittats' : 'Fel har hittats'],
    ['Påbörjad', atTime(startedAt)],
    ['Avslutad', atTime(endedAt)],
    ['Omfattning', part === undefined ? 'Hela loggen' : `Plats ${part.from ?? 'ett'} till ${part.to ?? 'den sista'}`],
    ['Kontrollerade händelser', String(checked)],
    ['Under kontrollpunkten', `${sealed}; ${unsealed} har kommit efter den`],
    ['Fel', String(findings)],
    ...(backwards === 0
      ? []
      : [
          [
            'Tider som går bakåt',
            `${backwards === 1 ? 'en händelse' : `${backwards} händelser`}: klockor har gått olika, inget vilar på det`,
          ] as const,
        ]),
    [
      'Utförd',
      `${asked === 'BACKGROUND' ? 'av servern, vid sidan av svaren' : 'på begäran'}; program version ${program}`,
    ],
  ];
}

function findingSections({ findings, counts }: VerificationProtocol): ToldSection[] {
  if (findings.length === 0) return [];
  const more = counts.findings - findings.length;
  const rows = findings.map(({ code, position, stream, event }) => [
    code,
    [
      ...(position === undefined ? [] : [`plats ${position}`]),
      ...(stream === undefined ? [] : [`följd ${stream.replace('-', '\n')}`]),
      ...(event === undefined ? [] : [`händelse\n${event}`]),
    ].join('\n') || 'loggen som helhet',
    findingWords(code),
  ]);
  return [
    toldSection('Vad som är fel', {
      paragraphs: more <= 0 ? [] : [`De första ${findings.length} felen. Därutöver finns ${more}.`],
      tables: [toldTable(FOUND, rows)],
    }),
  ];
}

function vouchingSection({ checkpoint, key, witnesses, witnessed, trusted = [] }: VerificationProtocol): ToldSection {
  return toldSection('Kontrollpunkt, nyckel och vittnen', {
    facts: [
      ...(checkpoint
        ? checkpointFacts(checkpoint)
        : [['Kontrollpunkt', 'Ingen: loggen är inte undertecknad'] as const]),
      ...(key ? [['Nyckel för kontrollverktyg', key.vkey] as const] : []),
      ...witnessedFacts(witnessed),
      ...trusted.map(({ name, size, at }) => [`Intygat av ${name}`, `${size} händelser, ${atTime(at)}`] as const),
    ],
    tables: witnesses.length === 0 ? [] : [witnessTable(witnesses)],
    verbatim: [...(checkpoint ? [checkpoint.note.trimEnd()] : []), ...(key ? [key.pem.trimEnd()] : [])],
  });
}

function accessSections({ accessLog }: VerificationProtocol): ToldSection[] {
  if (accessLog === undefined) return [];
  const { ok, checked, sealed, unsealed, disposed, findings } = accessLog;
  return [
    toldSection('Åtkomstloggen', {
      facts: [
        ['Resultat', ok ? 'Inget fel har hittats' : 'Fel har hittats'],
        ['Kontrollerade poster', String(checked)],
        ['Undertecknade', `${sealed}; ${unsealed} har kommit efter den senaste underskriften`],
        ['Gallrade efter bevarandetiden', String(disposed)],
      ],
      tables:
        findings.length === 0
          ? []
          : [
              toldTable(
                [
                  ['Kod', 3],
                  ['Vad', 8],
                ],
                findings.map(({ code }) => [code, findingWords(code)]),
              ),
            ],
    }),
  ];
}
