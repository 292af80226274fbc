const HOST = String.raw`(?:[A-Za-z0-9._%-]+|\[[0-9A-Fa-f:.%]+\])(?::\d{1,5})?`;
const FORM = new RegExp(String.raw`^[a-z+]+://(?:[^@/?#\s]*@)?${HOST}(?:,${HOST})*(?:/[^?#\s]*)?(?:\?\S*)?$`);

/**
 * Whether a text has the form of a connection string, with one or several servers. What options there are is for the
 * server's client to say.
 */
export function isServerUrl(text: string): boolean {
  return FORM.test(text) && !/%(?![0-9A-Fa-f]{2})/.test(text) && isDecodable(text);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
