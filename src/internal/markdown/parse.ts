import MarkdownIt, { type Token } from 'markdown-it';

// HTML stays text, nothing becomes a link by itself, and addresses stay as they are written: what is a link is decided
// where it is shown.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = () => true;
markdown.normalizeLink = (address) => address;
markdown.normalizeLinkText = (address) => address;

/** What blocks of a text share: the definitions of its links. */
export type MarkdownEnvironment = Record<string, unknown>;

export const parseMarkdown = (text: string, environment: MarkdownEnvironment): Token[] =>
  markdown.parse(text, environment);

/** A text whose references to characters (`&eacute;`) are the characters, and whose marks are not escaped. */
export const resolvedText = (text: string): string => markdown.utils.unescapeAll(text);
