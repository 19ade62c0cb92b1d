import type { TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import type { ViewSettings } from '../view-settings.js';
import { blocksOf, definitionsOf, type MarkdownBlock } from './blocks.js';
import { HiddenWords } from './hidden-words.js';
import { parseMarkdown, resolvedText, type MarkdownEnvironment } from './parse.js';
import { codeTemplate, markdownTemplate, type MarkdownContext } from './to-template.js';

/** Elements of the kit in one text: blocks of code that can be copied, pictures. */
const MOST_ELEMENTS = 400;
/** What a piece of Markdown, a block of code and a very long block count for, in characters. */
const TOKEN = 8;
const CODE = 200;
const MOST_COUNTED = 20_000;
/** What a piece of the page counts for: it is laid out, or not, as a whole. */
const PIECE = 4000;

/** A Markdown text on its way to the screen, block by block, as far as somebody reads. */
export class MarkdownText {
  /** What is to be shown so far, in pieces that are about as long. The last one may still grow. */
  readonly pieces: TemplateResult[][] = [];
  /** Characters of the source that were read. */
  read = 0;
  /** Whether the text was read to its end. */
  isWhole = false;

  readonly #blocks: Generator<MarkdownBlock | undefined, void>;
  readonly #environment: MarkdownEnvironment = {};
  readonly #context: MarkdownContext;
  /** What there is room for in the last piece. */
  #room = 0;

  constructor(source: string, messages: Messages, settings: ViewSettings) {
    this.#blocks = blocksOf(source);
    this.#context = { messages, settings, words: new HiddenWords(), elementsLeft: MOST_ELEMENTS };
    parseMarkdown(settings.readable(definitionsOf(source)), this.#environment);
  }

  /** Characters of the source that its Markdown does not show. */
  get hidden(): number {
    return this.#context.words.characters;
  }

  /** Reads on, about so many characters; fewer where they are made of many pieces. Where it gives something it could rest. */
  *more(characters: number): Generator<true, void> {
    for (let cost = 0; cost < characters;) {
      const { value: block, done } = this.#blocks.next();
      if (done) {
        this.isWhole = true;
        return;
      }
      if (block) {
        const { content, counts } = this.#read(block);
        if (this.#room <= 0) {
          this.pieces.push([]);
          this.#room = PIECE;
        }
        this.pieces.at(-1)!.push(content);
        this.#room -= counts;
        cost += counts;
      }
      yield true;
    }
  }

  #read(block: MarkdownBlock): { content: TemplateResult; counts: number } {
    const context = this.#context;
    const { messages, settings, words } = context;
    this.read += block.source.length;
    switch (block.type) {
      case 'code':
        return {
          content: codeTemplate(settings.readable(block.language), block.text, context),
          counts: CODE + Math.min(block.text.length, MOST_COUNTED),
        };
      case 'plain':
        return {
          content: codeTemplate(messages.notReadAsMarkdown, block.source, context),
          counts: MOST_COUNTED,
        };
      case 'markdown': {
        const source = settings.readable(block.source);
        words.add(resolvedText(source));
        const tokens = parseMarkdown(source, this.#environment);
        const count = tokens.reduce((sum, { children }) => sum + 1 + (children?.length ?? 0), 0);
        return { content: markdownTemplate(tokens, context), counts: source.length + TOKEN * count };
      }
    }
  }
}
