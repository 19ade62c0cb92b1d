import { ENGLISH_MARKDOWN, type MarkdownWords } from '../i18n/en-markdown.js';
import { formatCost, formatDuration } from '../i18n/format.js';
import { totalTokens, type Message, type MessagePart, type Span, type Trace } from '../model/index.js';
import { bytesOf, codeBlock, inlineCode, shortened } from './markdown-text.js';
import { markdownTree, type MarkdownLanguage } from './markdown-tree.js';

export interface MarkdownOptions {
  /**
   * How many tokens the text may have, estimated as one for every four bytes of UTF-8: what English takes. 4000 where
   * nothing is said.
   */
  tokens?: number;
  /** Language of headings, notes and figures: an object of `llm-trace-kit/i18n/…`. English where nothing is said. */
  messages?: MarkdownLanguage;
}

const ENGLISH: MarkdownLanguage = { locale: 'en', markdown: ENGLISH_MARKDOWN };

/** Bytes that are counted as a token. */
const BYTES_A_TOKEN = 4;
/** How much of the budget the tree may take; the rest is for what went in and came out. */
const TREE_SHARE = 0.4;
/** A text that is cut is not shown with less: it would say nothing. */
const LEAST = 160;
/** What the fences of a text and the words over it take. */
const AROUND = 40;

/**
 * A trace, or a span and all that is inside it, as Markdown that a person can paste into an issue and an agent can read: the
 * tree with durations, tokens and errors, then what went in and came out, failed spans first. Where that is more than the
 * budget allows, short texts stay whole and long ones are cut to the same length; what is left out is said. Texts and names
 * stand in code, which they cannot end.
 */
export function toMarkdown(of: Trace | Span, { tokens = 4000, messages = ENGLISH }: MarkdownOptions = {}): string {
  const budget = Math.max(0, tokens) * BYTES_A_TOKEN;
  const trace = 'spans' in of ? of : of.trace;
  const first = 'spans' in of ? 0 : of.index;
  const end = 'spans' in of ? of.spans.length : first + trace.tree.size[first]!;
  const words = messages.markdown;
  const head = `# ${inlineCode(of.name, words.noName)}\n\n${summary(of, first, end, messages)}\n`;
  const tree = markdownTree(trace, first, end, Math.min(budget * TREE_SHARE, budget - bytesOf(head)), messages);
  const texts = contents(trace, first, end, budget - bytesOf(head) - bytesOf(tree), words);
  return head + tree + texts;
}

function summary(of: Trace | Span, first: number, end: number, { locale, markdown: words }: MarkdownLanguage): string {
  const isTrace = 'spans' in of;
  const trace = isTrace ? of : of.trace;
  const tokens = isTrace ? of.usage && totalTokens(of.usage) : trace.rollUp.tokens[first];
  const cost = isTrace ? of.cost : trace.rollUp.cost[first];
  let errors = 0;
  for (let position = first; position < end; position++) {
    if (trace.table.statuses[trace.rowAt(position)] === 'error') errors++;
  }
  const facts = [
    `${isTrace ? words.trace : words.partOfTrace} ${inlineCode(trace.id, '')}`,
    words.spans(end - first),
    of.duration === undefined ? '' : formatDuration(of.duration, locale),
    of.start > 0 && of.start < 8.64e15 ? new Date(of.start).toISOString() : '',
    tokens ? words.tokens(tokens) : '',
    cost ? formatCost(cost, locale) : '',
    errors ? words.errors(errors) : '',
  ];
  return facts.filter(Boolean).join(', ');
}

/** One text that a span holds. */
interface Content {
  span: Span;
  title: string;
  text: string;
  language: string;
}

/** What the spans hold, in blocks that together keep to the budget. */
function contents(trace: Trace, first: number, end: number, budget: number, words: MarkdownWords): string {
  const heading = `\n## ${words.contents}\n`;
  const room = budget - bytesOf(heading) - 80;
  const most = Math.floor(room / (LEAST + AROUND));
  if (most <= 0) return `\n${words.contentsLeftOut}\n`;
  const { list, leftOut } = contentList(trace, first, end, most, words);
  if (list.length === 0) return '';
  const sizes = list.map(({ text }) => (text.length > room ? text.length : bytesOf(text)));
  const cap = capOf(sizes, room - list.reduce((sum, content) => sum + around(content, words), 0));
  const blocks = list.map((content, index) => {
    const isFirst = index === 0 || list[index - 1]!.span !== content.span;
    const text = sizes[index]! <= cap ? content.text : shortened(content.text, cap, words.charactersLeftOut);
    return `${isFirst ? headingOf(content.span, words) : ''}\n${content.title}:\n\n${codeBlock(text, content.language)}`;
  });
  const note = leftOut ? `\n${words.contentsOfSpansLeftOut(leftOut)}\n` : '';
  return heading + blocks.join('') + note;
}

const headingOf = (span: Span, words: MarkdownWords): string =>
  `\n### ${inlineCode(span.name, words.noName)} (${span.kind}${span.status === 'error' ? `, ${words.failed}` : ''})\n`;

const around = ({ span, title, language }: Content, words: MarkdownWords): number =>
  bytesOf(headingOf(span, words)) + bytesOf(title) + language.length + 14;

/** The length to which texts are cut so that all of them fit. */
function capOf(sizes: readonly number[], room: number): number {
  const sorted = [...sizes].sort((one, other) => one - other);
  let left = Math.max(0, room);
  for (const [index, size] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Infinity;
}

/** The texts of failed spans first, then of the others in their order; each text once. */
function contentList(
  trace: Trace,
  first: number,
  end: number,
  most: number,
  words: MarkdownWords,
): { list: Content[]; leftOut: number } {
  const list: Content[] = [];
  const known = new Set<string>();
  let leftOut = 0;
  for (const isFailed of [true, false]) {
    for (let position = first; position < end; position++) {
      if ((trace.table.statuses[trace.rowAt(position)] === 'error') !== isFailed) continue;
      if (list.length >= most) {
        leftOut++;
        continue;
      }
      for (const content of contentsOf(trace.spanAt(position), words)) {
        // What a span was given is often what the one around it was given.
        if (content.text === '' || known.has(content.text) || list.length >= most) continue;
        known.add(content.text);
        list.push(content);
      }
    }
  }
  return { list, leftOut };
}

function* contentsOf(span: Span, words: MarkdownWords): Generator<Content> {
  const { statusMessage, exceptions, messages, documents } = span;
  const failure = exceptions.map(
    ({ type, message, stacktrace }) => stacktrace || [type, message].filter(Boolean).join(': '),
  );
  if (failure.length || statusMessage) {
    yield { span, title: words.error, text: failure.join('\n') || (statusMessage ?? ''), language: '' };
  }
  const payload = (title: string, value: unknown): Content => ({
    span,
    title,
    text: textOf(value, words),
    language: typeof value === 'string' ? '' : 'json',
  });
  const said = (title: string, list: readonly Message[]): Content => {
    const texts = list.map(({ role, parts }) => `${role}: ${parts.map((part) => partText(part, words)).join('\n')}`);
    return { span, title, text: texts.join('\n\n'), language: '' };
  };
  const asked = messages.filter(({ origin }) => origin === 'input');
  const answered = messages.filter(({ origin }) => origin === 'output');
  yield asked.length ? said(words.input, asked) : payload(words.input, span.input);
  if (documents.length) yield payload(words.documents, documents);
  yield answered.length ? said(words.output, answered) : payload(words.output, span.output);
}

function partText(part: MessagePart, words: MarkdownWords): string {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text;
    case 'reasoning':
      return `(${words.reasoning}) ${part.hidden ? `(${part.hidden})` : part.text}`;
    case 'tool-call':
      return `(${words.call}) ${part.name} ${textOf(part.arguments, words)}`;
    case 'tool-result':
      return `(${part.isError ? words.failedResult : words.result}) ${textOf(part.result, words)}`;
    case 'media':
      return `(${[part.modality, part.mimeType, part.name, part.data ? '' : part.uri].filter(Boolean).join(' ')})`;
    default:
      return textOf(part.value, words);
  }
}

function textOf(value: unknown, { tooDeep }: MarkdownWords): string {
  if (typeof value === 'string') return value;
  try {
    return value === undefined ? '' : JSON.stringify(value);
  } catch {
    return tooDeep;
  }
}
