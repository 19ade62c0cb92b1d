/** An address that a person may be led to. */
export interface WebAddress {
  readonly href: string;
  /** Where it leads, as the network understands it: `xn--…` for a name in other letters. Of an e-mail, its address. */
  readonly host: string;
}

/**
 * The address that a text of a trace names, if it is one of the web or of e-mail and complete. Anything else (scripts, data,
 * paths of the page that shows the trace) is text.
 */
export function webAddress(text: string): WebAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol === 'mailto:') return { href: url.href, host: url.pathname };
  return url.protocol === 'https:' || url.protocol === 'http:' ? { href: url.href, host: url.host } : undefined;
}
