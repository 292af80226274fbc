import type { PagesBeside } from '../kernel/http/pages-beside.js';
import { problemPage } from './html/problem-page.js';

/** The first parts of the addresses of pages; what follows them are pages too. */
const PLACES = [
  'filer',
  'att-gora',
  'enheter',
  'personer',
  'inspektion',
  'sok',
  'regler',
  'hjalp',
  'tillganglighet',
  'drift',
  'tillsyn',
  'personal',
  'registrera',
  'handelser',
  'atgarda',
];

/** The pages, as the HTTP server has to know them. */
export const PAGES: PagesBeside = {
  routes: ['/', ...PLACES.flatMap((place) => [place, `${place}/*rest`])],
  problemPage,
};
