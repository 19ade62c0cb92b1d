import type { nothing, TemplateResult } from 'lit';
import type { PriceSource } from '../../../analysis/index.js';
import type { Messages } from '../../../i18n/index.js';
import type { ResolvePart } from '../../../internals/index.js';
import type { ViewSettings } from '../../../internal/view-settings.js';
import type { Span } from '../../../model/index.js';

/** What is handed on to every element inside. */
export interface ContentContext {
  messages: Messages;
  settings: ViewSettings;
  /** The object or list that a text is the JSON of: parsed once, so that what a person opened in it stays open. */
  parsed(text: string): object | undefined;
}

/** What a tab may know of the element that it is in. */
export interface TabContext extends ContentContext {
  span: Span;
  /** What a person typed into the tab's own filter. */
  filter: string;
  setFilter(filter: string): void;
  /** The page that is shown of what comes in pages, from 0. */
  page: number;
  setPage(page: number): void;
  /** Id of the call that a person compares this one with. */
  compared: string | undefined;
  compareWith(id: string): void;
  prices: PriceSource | undefined;
  /** Finds parts of internals that are kept elsewhere. */
  resolve: ResolvePart | undefined;
  /** Loads an element that is first shown now; whether that failed. */
  later(tag: string): boolean;
  /** Goes to another span. */
  select(span: Span): void;
}

/** What a template can hold: texts, and templates of ours. */
export type Content = TemplateResult | typeof nothing | string | readonly Content[];

/** One way to look at a span. */
export interface DetailTab {
  readonly id: string;
  label(messages: Messages): string;
  /** What of a span it shows, by the names that a search has for it. */
  readonly places?: readonly string[];
  /** Whether the span has anything for it. */
  isFor(span: Span): boolean;
  /** A number beside the label, where counting is cheap. */
  count?(span: Span): number | undefined;
  render(context: TabContext): TemplateResult | Node;
}
