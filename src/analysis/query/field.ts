import type { Trace } from '../../model/index.js';
import type { Quantity } from './quantity.js';
import type { SpanContent } from './span-texts.js';

interface FieldWords {
  /** As it is written in a query, in small letters. */
  readonly name: string;
  /** What it is, in a sentence. */
  readonly summary: string;
  /** A query with it. */
  readonly example: string;
}

/** A fact that is a text; compared as a whole, with `*` for anything. */
export interface TextField extends FieldWords {
  readonly type: 'text';
  /** Whether words and phrases are looked for in it as well. */
  readonly isInWords?: true;
  /** Whether every span has one of its own: such texts are not gathered. */
  readonly isUnique?: true;
  textsOf(trace: Trace): (position: number) => string | undefined;
}

/** A fact of the trace as a whole, which holds for all of its spans or for none; it may have several values. */
export interface TraceField extends FieldWords {
  readonly type: 'trace';
  valuesOf(trace: Trace): readonly string[];
}

/** A fact that is a number. */
export interface NumberField extends FieldWords {
  readonly type: 'number';
  readonly quantity: Quantity;
  /** `NaN` where a span does not state it. */
  numbersOf(trace: Trace): (position: number) => number;
}

/** A field that knows some words, each of which is true of a span or not. */
export interface WordField extends FieldWords {
  readonly type: 'word';
  readonly words: ReadonlyMap<string, Known>;
}

/** Whether a word is true of a span. */
export interface Known {
  readonly summary: string;
  /** What the outline says; without it nothing is known before the span is read. `undefined` leaves it open. */
  readonly outline?: (trace: Trace) => (position: number) => boolean | undefined;
  /** What the details say, where the outline leaves it open. */
  readonly detail?: (content: SpanContent) => boolean;
}

/** What can be written before a colon or a comparison. */
export type QueryField = TextField | TraceField | NumberField | WordField;
