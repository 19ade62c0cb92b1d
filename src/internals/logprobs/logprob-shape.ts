import type { Fields } from '../shape.js';
import type { TokenReport } from './token-columns.js';

/** One way in which payloads tell the probabilities of tokens. */
export interface LogprobShape {
  readonly name: string;
  /** Of an object inside a payload; `undefined` for one of another shape, or that says nothing of its tokens. */
  read(value: Fields): TokenReport | undefined;
}
