import { appended } from './appended.mjs';
import { loaded } from './loaded.mjs';
import { read } from './read.mjs';
import { streamed } from './streamed.mjs';
import { timeline } from './timeline.mjs';

/**
 * What is measured on pages with traces.
 *
 * A scene: `lines`, whether it needs traces as JSON Lines; `visit(visit, { trace, name, rows, figures, seconds })`, which does
 * everything for one case, gives what was measured, and throws where the page shows something else than it should; `figures`,
 * made of what it gives.
 *
 * A figure: `name`; `step`, a word that chooses it; `traces`: those that it is measured with; `browsers`: the only ones;
 * `cases`, ours first, the reference last; `of(results)`, where what follows is found in it, if not there itself; `value` in
 * `unit`, others `beside` it; `withoutWork`, what is different where a browser says nothing of work; `holds(trace)`:
 * `ratioAtMost`, `moreAtMost` (ours to the reference), `atMost` (ours), `times` (ours to ours with another trace).
 */
export const scenes = [read, loaded, streamed, appended, timeline];
