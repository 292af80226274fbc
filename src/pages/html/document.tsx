import type { ComponentChildren, VNode } from 'preact';
import { roleWords } from '../../facts/labels.js';
import type { Place } from '../places.js';
import type { Visitor } from '../visitor.js';
import { addressOf, SCRIPT, SIGN, STYLESHEET } from './assets.js';

export interface DocumentProps {
  /** What the page is called, first in the title of the browser's tab. */
  readonly title: string;
  readonly place?: Place;
  readonly visitor: Visitor;
  /** What is looked for, to stand in the field again. */
  readonly lookedFor?: string;
  readonly children: ComponentChildren;
}

const PLACES: readonly (readonly [place: Place, href: string, words: string])[] = [
  ['start', '/', 'Start'],
  ['units', '/enheter', 'Enheter'],
  ['supervision', '/tillsyn', 'Tillsyn'],
  ['inspection', '/inspektion', 'Inspektion'],
  ['rules', '/regler', 'Regler'],
  ['help', '/hjalp', 'Hjälp'],
];

/** The frame of every page: language, title, way past the navigation, navigation, content, foot. */
export function Document({ title, place, visitor, lookedFor, children }: DocumentProps): VNode {
  return (
    <html lang="sv">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – Fast omsorgskontakt`}</title>
        <link rel="stylesheet" href={addressOf(STYLESHEET)} />
        <link rel="icon" href={addressOf(SIGN)} type="image/svg+xml" />
        <script src={addressOf(SCRIPT)} defer></script>
      </head>
      <body>
        <a class="skip hidden" href="#innehall">
          Hoppa till innehållet
        </a>
        <header class="top">
          <div class="wrap">
            <Brand visitor={visitor} />
            <div class="bar">
              <nav class="nav" aria-label="Sidor">
                <Places current={place} visitor={visitor} />
              </nav>
              <Find lookedFor={lookedFor} id="hitta" visitor={visitor} />
            </div>
          </div>
        </header>
        {visitor.signedIn || visitor.canSignIn ? null : <ReadOnlyNotice />}
        <main id="innehall" tabIndex={-1}>
          {children}
        </main>
        <footer class="foot">
          <div class="wrap small">
            <div class="nav-again" id="meny">
              <nav aria-label="Meny">
                <Places current={place} visitor={visitor} />
              </nav>
              <Find lookedFor={lookedFor} id="hitta-meny" visitor={visitor} />
            </div>
            <ul>
              <li>
                <a href="/hjalp">Hjälp</a>
              </li>
              <li>
                <a href="/hjalp#uppgifterna">Så behandlas uppgifterna</a>
              </li>
              <li>
                <a href="/tillganglighet">Tillgänglighet</a>
              </li>
              <li>
                <a href="/drift">Registrets tillstånd</a>
              </li>
            </ul>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Brand({ visitor }: { readonly visitor: Visitor }): VNode {
  return (
    <div class="brand small">
      <strong>
        <a href="/">Fast omsorgskontakt</a>
      </strong>
      {visitor.signedIn || visitor.canSignIn ? null : <span class="tag">Utan inloggning</span>}
      {visitor.signedIn ? (
        <span class="who">
          {visitor.name === undefined ? null : (
            <span>
              {visitor.name}
              {visitor.roles[0] === undefined ? '' : `, ${roleWords(visitor.roles[0])}`}
            </span>
          )}
          <form method="post" action="/logga-ut">
            <Csrf visitor={visitor} />
            <button class="small plain" type="submit">
              Logga ut
            </button>
          </form>
        </span>
      ) : visitor.canSignIn ? (
        <span class="who">
          <a href="/logga-in">Logga in</a>
        </span>
      ) : null}
      <a class="to-menu" href="#meny">
        Meny
      </a>
    </div>
  );
}

function Places({ current, visitor }: { readonly current: Place | undefined; readonly visitor: Visitor }): VNode {
  return (
    <ul>
      {PLACES.filter(([place]) => visitor.places.includes(place)).map(([place, href, words]) => (
        <li key={place}>
          <a href={href} aria-current={place === current ? 'page' : undefined}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What a form of somebody who has signed in sends along. */
export function Csrf({ visitor: { csrf } }: { readonly visitor: Visitor }): VNode | null {
  return csrf === undefined ? null : <input type="hidden" name="_csrf" value={csrf} />;
}

/** Numbers and names are sent in the body, so that none lands in a log of addresses. */
function Find({
  lookedFor,
  id,
  visitor,
}: {
  readonly lookedFor: string | undefined;
  readonly id: string;
  readonly visitor: Visitor;
}): VNode {
  return (
    <form class="find" method="post" action="/sok" role="search">
      <Csrf visitor={visitor} />
      <label for={id}>Hitta person</label>
      <input type="text" id={id} name="sok" value={lookedFor} autoComplete="off" maxLength={200} />
      <button class="small" type="submit">
        Sök
      </button>
    </form>
  );
}

function ReadOnlyNotice(): VNode {
  return (
    <aside class="notice small" aria-label="Inloggning">
      <div class="wrap">
        Ingen är inloggad, så sidorna går att läsa men inget kan sparas. Starta servern med{' '}
        <code>AUTH=demo npm start</code> för att logga in.
      </div>
    </aside>
  );
}
