import { analysisOfView } from './analysis-of-view.mjs';
import { attentionOpened } from './attention-opened.mjs';
import { attentionRead, attentionWritten } from './attention-stored.mjs';
import { detailRows } from './detail.mjs';
import { figuresOfMany } from './figures-of-many.mjs';
import { longestStretches } from './longest-stretches.mjs';
import { searched } from './search.mjs';
import { spanOverhead } from './span-overhead.mjs';
import { spansRead } from './spans-read.mjs';
import { spansWritten } from './spans-written.mjs';
import { tokenCapture } from './token-capture.mjs';
import { tokensScrolled } from './tokens-scrolled.mjs';
import { tracesListed } from './traces-listed.mjs';

/**
 * What is measured, one line a row.
 *
 * A row: `name`; `unit`; `program`, the text of a module that sets `window.bench`, an object with a function for each of
 * the `cases` (ours first, the reference second), which gives the figure and throws where the result is wrong; it may have
 * `prepare(name)`, which is not measured. `holds`: `ratioAtLeast`, `ratioAtMost` (ours to the reference), `atMost` (ours).
 * `measure(page, name)` takes the place of the call where the figure is found from outside of the page.
 */
export const rows = [
  spansWritten,
  spansRead,
  tracesListed,
  spanOverhead,
  tokenCapture,
  searched,
  analysisOfView,
  figuresOfMany,
  attentionOpened,
  attentionWritten,
  attentionRead,
  tokensScrolled,
  ...longestStretches,
  ...detailRows,
];
