import { addressOf, SIGN } from '../pages/html/assets.js';

/**
 * A page of a few words, for those moments of signing in and out when nobody is known.
 * @param body HTML
 * @param next where the browser goes by itself
 */
export function plainPage(title: string, body: string, next?: string): string {
  const refresh = next === undefined ? '' : `<meta http-equiv="refresh" content="0; url=${attribute(next)}">`;
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – fast omsorgskontakt</title>${refresh}
<link rel="icon" href="${addressOf(SIGN)}" type="image/svg+xml">
<style>body{font:1.125rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
button{font:inherit;width:100%;text-align:left;padding:.75rem 1rem;margin:0 0 .75rem;border:1px solid #595959;border-radius:4px;background:#fff;color:inherit;cursor:pointer}
button:hover{background:#eef3f7}a:focus-visible,button:focus-visible{outline:3px solid #00538a;outline-offset:2px}a{color:#00538a}
button strong,button span{display:block}</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`;
}

/** A text as HTML shows it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text as an attribute in double quotes holds it. */
export function attribute(text: string): string {
  return escaped(text).replaceAll('"', '&quot;');
}
