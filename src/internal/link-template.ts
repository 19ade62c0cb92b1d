import { html, nothing, type TemplateResult } from 'lit';
import { revealed } from './hidden-characters.js';
import type { ViewSettings } from './view-settings.js';
import { linkAddress } from './web-address.js';

type Content = TemplateResult | string;

/** What a link of a trace is made of. */
export interface LinkWords {
  /** As it is written. */
  address: string;
  /** What is shown for it; the address where it is empty. */
  content?: Content | readonly Content[];
  /** What else is said of it. */
  title?: string;
}

/**
 * A link as the view allows it. It never hides where it leads: its host stands beside it, and by `ask` the whole address is
 * seen before it can be followed. What is not an address of the web or of e-mail is text. (Styles: `styles/texts.ts`.)
 */
export function linkTemplate({ address, content = '', title = '' }: LinkWords, settings: ViewSettings): TemplateResult {
  const target = linkAddress(address);
  const about = title ? html` <span class="address">“${revealed(title)}”</span>` : nothing;
  const isBare = content === '' || (Array.isArray(content) && content.length === 0);
  if (!target || settings.links === 'off') {
    return html`${content} <span class="address">${revealed(address)}</span>${about}`;
  }
  if (settings.links === 'on') {
    return html`${anchor(target.href, isBare ? target.href : content)}
      <span class="address">${isBare ? '' : target.host}</span>${about}`;
  }
  return html`<details class="link">
      <summary>
        ${isBare ? nothing : html`<span class="words">${content}</span>`} <span class="address">${target.host}</span>
      </summary>
      <span class="opened">${anchor(target.href, target.href)}</span>
    </details>
    ${about}`;
}

const anchor = (href: string, content: Content | readonly Content[]): TemplateResult =>
  html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow ugc" referrerpolicy="no-referrer"
    >${content}</a
  >`;
