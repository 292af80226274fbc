import type { VNode } from 'preact';
import { Head } from '../components/head.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';

/** The start of somebody who has no list of her own: she looks people up, or has nothing to do here yet. */
export function WelcomePage({ visitor }: { readonly visitor: Visitor }): VNode {
  const none = visitor.roles.length === 0;
  return (
    <Document title="Start" place="start" visitor={visitor}>
      <Head title={none ? 'Du är inloggad men saknar uppdrag' : 'Hitta en person'}>
        <p class="lede">
          {none
            ? 'Registret vet inte vilken enhet eller roll du har. Be din chef eller den som förvaltar registret att registrera dig.'
            : 'Sök på hela personnumret eller på hela ord ur namnet, i rutan överst på sidan.'}
        </p>
      </Head>
    </Document>
  );
}
