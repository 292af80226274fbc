import type { VNode } from 'preact';
import { Head } from '../components/head.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';

/** The statement that the law on access to digital public service asks for, as far as the program itself can say it. */
export function AccessibilityPage({ visitor }: { readonly visitor: Visitor }): VNode {
  return (
    <Document title="Tillgänglighet" visitor={visitor}>
      <Head title="Tillgänglighetsredogörelse">
        <p class="lede">
          Sidorna är gjorda för att uppfylla WCAG 2.2 på nivå AA, vilket är mer än lagen om tillgänglighet till digital
          offentlig service (2018:1937) kräver.
        </p>
      </Head>
      <div class="wrap prose">
        <h2>Så är sidorna prövade</h2>
        <p>
          Varje sida prövas automatiskt i en webbläsare vid varje ändring av programmet: i bredderna 1280 och 320
          bildpunkter, med 200 procents text, i mörkt läge och med tvingade färger. Sidorna fungerar utan skript och med
          enbart tangentbord.
        </p>
        <h2>Det som återstår</h2>
        <p>
          Bilden <em>Livet som bild</em> är svår att läsa med skärmläsare. Samma uppgifter finns i tabellen under bilden
          och i historiken. Sidorna är ännu inte prövade av personer med funktionsnedsättning.
        </p>
        <h2>Om du inte kan använda en sida</h2>
        <p>
          Kontakta den kommun som driver registret, så får du uppgifterna på annat sätt. Den som ansvarar för registret
          anger sina kontaktuppgifter i kommunens egen tillgänglighetsredogörelse. Är du inte nöjd med svaret kan du
          anmäla det till Myndigheten för digital förvaltning.
        </p>
      </div>
    </Document>
  );
}
