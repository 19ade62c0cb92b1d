import { html, nothing, type TemplateResult } from 'lit';
import type { Token } from 'markdown-it';
import type { Messages } from '../../i18n/index.js';
import { revealed } from '../hidden-characters.js';
import { linkTemplate } from '../link-template.js';
import { boxed } from '../text.js';
import type { ViewSettings } from '../view-settings.js';
import type { HiddenWords } from './hidden-words.js';

type Content = TemplateResult | string;

export interface MarkdownContext {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  /** Is told everything that is shown. */
  readonly words: HiddenWords;
  /** How many elements of the kit (code, pictures) a text may still have. */
  elementsLeft: number;
}

/** An element that is not closed yet. */
interface OpenElement {
  readonly token: Token | undefined;
  readonly content: Content[];
  /** Pictures inside, which have buttons of their own and so cannot be part of a link. */
  readonly media: Content[];
}

/** Headings of a message are below those of the element around it. */
const HEADINGS_ABOVE = 3;

/** A cell of a table without content: at the end of a row there may be very many that nobody wrote. */
const EMPTY_CELL = html`<td></td>`;

/** The tokens of a Markdown text as a template. With a stack of its own: a text may nest as deep as it likes. */
export function markdownTemplate(tokens: readonly Token[], context: MarkdownContext): TemplateResult {
  const root = opened(undefined);
  const open = [root];
  for (const token of tokens) {
    if (token.type !== 'inline') take(token, open, context);
    else for (const child of token.children ?? []) take(child, open, context);
  }
  // What is not closed (the parser ends at its greatest depth) is shown all the same.
  while (open.length > 1) close(open, context);
  return html`${root.content}`;
}

/** A block of code with its language; spaces, lines and the button to copy it are the text block's. */
export function codeTemplate(language: string, code: string, context: MarkdownContext): TemplateResult {
  const caption = language ? html`<figcaption>${revealed(language)}</figcaption>` : nothing;
  const { messages, settings } = context;
  if (context.elementsLeft-- <= 0) {
    return html`<figure>
      ${caption}
      <pre>${revealed(settings.readable(code))}</pre>
    </figure>`;
  }
  return html`<figure>
    ${caption}<llm-text-block mono .messages=${messages} .settings=${settings} .value=${boxed(code)}></llm-text-block>
  </figure>`;
}

const opened = (token: Token | undefined): OpenElement => ({ token, content: [], media: [] });

function take(token: Token, open: OpenElement[], context: MarkdownContext): void {
  const top = open[open.length - 1]!;
  if (token.nesting > 0) open.push(opened(token));
  else if (token.nesting < 0) close(open, context);
  else if (token.type === 'image') picture(token, open, context);
  else {
    const content = leaf(token, context);
    if (content !== undefined) top.content.push(content);
  }
}

function close(open: OpenElement[], context: MarkdownContext): void {
  if (open.length < 2) return;
  const { token, content, media } = open.pop()!;
  const { content: outer } = open[open.length - 1]!;
  outer.push(element(token!, content, context));
  for (const item of media) outer.push(item);
}

function leaf(token: Token, context: MarkdownContext): Content | undefined {
  context.words.show(token.content);
  switch (token.type) {
    case 'code_inline':
      return html`<code>${revealed(token.content)}</code>`;
    case 'fence':
    case 'code_block':
      context.words.show(token.info);
      return codeTemplate(token.info.trim(), token.content.replace(/\n$/, ''), context);
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return html`<br />`;
    case 'hr':
      return html`<hr />`;
    default:
      return token.content ? revealed(token.content) : undefined;
  }
}

/** A picture, which nothing loads. Inside a link it stands behind it. */
function picture(token: Token, open: OpenElement[], context: MarkdownContext): void {
  const { messages, settings, words } = context;
  const address = attribute(token, 'src');
  const title = attribute(token, 'title');
  words.show(`${token.content} ${address} ${title}`);
  const name = [token.content, title].filter(Boolean).join(' · ');
  const link = open.find(({ token }) => token?.type === 'link_open');
  const content =
    context.elementsLeft-- > 0
      ? html`<llm-media
          .messages=${messages}
          .settings=${settings}
          .value=${boxed({ type: 'media', modality: 'image', uri: address, ...(name && { name }) })}
        ></llm-media>`
      : html`${revealed(name)} <span class="address">${revealed(address)}</span>`;
  if (link) link.media.push(content);
  else open[open.length - 1]!.content.push(content);
}

function element(token: Token, content: Content[], context: MarkdownContext): Content {
  switch (token.type) {
    case 'paragraph_open':
      // A tight list has no paragraphs.
      return token.hidden ? html`${content}` : html`<p>${content}</p>`;
    case 'heading_open': {
      const level = Math.min(6, Number(token.tag.slice(1)) + HEADINGS_ABOVE);
      return html`<div class="heading ${token.tag}" role="heading" aria-level=${level}>${content}</div>`;
    }
    case 'bullet_list_open':
      return html`<ul>
        ${content}
      </ul>`;
    case 'ordered_list_open':
      return html`<ol start=${attribute(token, 'start') || '1'}>
        ${content}
      </ol>`;
    case 'list_item_open':
      context.words.show(token.info);
      return html`<li>${content}</li>`;
    case 'blockquote_open':
      return html`<blockquote>${content}</blockquote>`;
    case 'table_open':
      return html`<div class="table" role="group" tabindex="0" aria-label=${context.messages.tableLabel}>
        <table>
          ${content}
        </table>
      </div>`;
    case 'thead_open':
      return html`<thead>
        ${content}
      </thead>`;
    case 'tbody_open':
      return html`<tbody>
        ${content}
      </tbody>`;
    case 'tr_open':
      while (content.at(-1) === EMPTY_CELL) content.pop();
      return html`<tr>
        ${content}
      </tr>`;
    case 'th_open':
      return html`<th class=${alignment(token)}>${content}</th>`;
    case 'td_open':
      return content.length ? html`<td class=${alignment(token)}>${content}</td>` : EMPTY_CELL;
    case 'em_open':
      return html`<em>${content}</em>`;
    case 'strong_open':
      return html`<strong>${content}</strong>`;
    case 's_open':
      return html`<s>${content}</s>`;
    case 'link_open': {
      const address = attribute(token, 'href');
      const title = attribute(token, 'title');
      context.words.show(`${address} ${title}`);
      return linkTemplate({ address, content, title }, context.settings);
    }
    default:
      return html`${content}`;
  }
}

/** An attribute that the parser has set. */
const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');

const alignment = (token: Token): string => /(left|center|right)$/.exec(attribute(token, 'style'))?.[0] ?? 'left';
