import type { VNode } from 'preact';
import type { FoundRecipient } from '../../answers/find/search-recipients.js';
import { Head } from '../components/head.js';
import { Document } from '../html/document.js';
import type { Visitor } from '../visitor.js';
import { NAMELESS } from '../words/state-words.js';

/** Who was found. */
export function FoundPage({
  lookedFor,
  found,
  visitor,
}: {
  readonly lookedFor: string;
  readonly found: readonly FoundRecipient[];
  readonly visitor: Visitor;
}): VNode {
  return (
    <Document title="Hitta person" visitor={visitor} lookedFor={lookedFor}>
      <Head
        title={found.length === 0 ? 'Ingen hittades' : found.length === 1 ? '1 person' : `${found.length} personer`}
      >
        <p class="lede">
          {found.length === 0
            ? 'Sök på hela personnumret, eller på hela ord ur namnet. Delar av ord hittas inte.'
            : 'Välj den du söker.'}
        </p>
      </Head>
      <div class="wrap">
        {found.length === 0 ? null : (
          <section class="panel" aria-label="Personer">
            <ul class="rows">
              {found.map(({ recipient, name, identity }) => (
                <li key={recipient}>
                  <span class="name">
                    <a href={`/personer/${recipient}`}>{typeof name === 'string' ? name : <em>{NAMELESS}</em>}</a>
                  </span>
                  <span class="since">{numberOf(identity)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Document>
  );
}

function numberOf(identity: unknown): string {
  if (typeof identity !== 'object' || identity === null || !('value' in identity)) return '';
  const value = 'canonical' in identity && identity.canonical !== null ? identity.canonical : identity.value;
  return typeof value === 'string' ? value.replace(/^(\d{8})(\d{4})$/, '$1-$2') : '';
}
