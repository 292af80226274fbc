import { answerWithin } from '../../documents/embedded-file.js';
import type { PdfStandard, PrintRequest } from '../../documents/print-pdf.js';
import { type ToldContent, toldSection, toldTable } from '../../documents/told-content.js';
import { civil, longDay } from '../../kernel/time/swedish-dates.js';
import type { ToldAccess } from './person-extract.js';

/** Who has read about a person in a span of days, with what a document of it says besides. */
export interface AccessExtract {
  readonly recipient: string;
  readonly name: string;
  readonly controller: string;
  readonly from?: string;
  readonly to?: string;
  readonly generatedAt: string;
  readonly items: readonly ToldAccess[];
}

/** The extract of the access log for whom it is about, with its items inside it where it is for the archive. */
export function extractDocument(extract: AccessExtract, standard: PdfStandard): PrintRequest {
  const { recipient, name, controller, from, to, generatedAt, items } = extract;
  const rows = items.map(({ at, role, unit, name: reader, what, purpose }) => {
    const { day, time } = civil(at);
    return [`${day}\nkl. ${time}`, [reader ?? 'namn lämnas inte', role].join('\n'), unit ?? '–', what, purpose];
  });
  return {
    template: 'access-extract',
    head: {
      title: 'Vilka som har tagit del av uppgifter om dig',
      subtitle: name,
      controller,
      generatedAt,
    },
    content: {
      facts: [
        ['Namn', name],
        ['Tid', period(from, to)],
        ['Antal tillfällen', String(items.length)],
        ['Id i registret', recipient],
      ],
      remarks: [],
      sections: [
        toldSection('Tillfällen', {
          paragraphs: [
            items.length === 0
              ? 'Ingen har tagit del av uppgifterna under den tiden.'
              : 'I ordning efter tid, äldst först. Den som tittar i registret eller försöker göra det antecknas innan något visas. Namnet på den som läste lämnas när den personuppgiftsansvarige har beslutat det och medarbetarens uppgifter inte är skyddade.',
          ],
          tables:
            items.length === 0
              ? []
              : [
                  toldTable(
                    [
                      ['När', 2.4],
                      ['Vem', 4.4],
                      ['Enhet', 3.4],
                      ['Vad som gjordes', 4.4],
                      ['Varför', 3.4],
                    ],
                    rows,
                  ),
                ],
        }),
        toldSection('Om något inte stämmer', {
          paragraphs: [
            'Tycker du att någon har tagit del av dina uppgifter utan att behöva dem i sitt arbete? Vänd dig till enhetschefen eller till den som är socialt ansvarig samordnare i kommunen. Du kan också vända dig till kommunens dataskyddsombud eller till Integritetsskyddsmyndigheten.',
          ],
        }),
      ],
    } satisfies ToldContent,
    standard,
    createdAt: generatedAt,
    ...answerWithin(standard, 'loggutdrag.json', extract),
  };
}

function period(from: string | undefined, to: string | undefined): string {
  if (from === undefined && to === undefined) return 'Så länge loggen bevaras';
  return [
    ...(from === undefined ? [] : [`från och med ${longDay(from)}`]),
    ...(to === undefined ? [] : [`till och med ${longDay(to)}`]),
  ].join(' ');
}
