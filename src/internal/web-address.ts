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

/** Longer addresses nobody can read before following them. */
const MOST_CHARACTERS = 2000;
/** `https://` and a host, without a name or a password before it, which could pass for the host. */
const WRITTEN_OUT = /^https?:\/\/[^/\\@\s]+(?:[/?#]|$)/i;
/** A name with a top-level domain: no address of the own computer or network, however it is written. */
const PUBLIC_NAME = /\.[a-z][a-z\d-]*\.?$/;

/**
 * The address that may become a link: e-mail, or an address of the web that is written as people write it and leads to a
 * public name.
 */
export function linkAddress(text: string): WebAddress | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const address = webAddress(text);
  if (!address || address.href.startsWith('mailto:')) return address;
  return WRITTEN_OUT.test(text) && PUBLIC_NAME.test(new URL(address.href).hostname) ? address : undefined;
}
