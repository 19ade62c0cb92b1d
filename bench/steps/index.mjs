import { fold } from './fold.mjs';
import { idle } from './idle.mjs';
import { memory } from './memory.mjs';
import { render } from './render.mjs';
import { drag, wheel } from './scroll.mjs';
import { searched } from './search.mjs';
import { select } from './select.mjs';

/**
 * What is done with a trace that is on the screen, in this order.
 *
 * A step: `name`; `run(visit, { rows, before })`, which gives what was measured and throws where the page shows something
 * else than it should (`before`: the memory with the parsed trace, before that is shown); `traces`: those that it is measured
 * with; `browsers`: the only ones; `figures` of what it gives (`scenes/index.mjs`).
 */
export const steps = [render, memory, idle, select, wheel, drag, fold, searched];
