import { bertViz } from './bertviz.js';
import { captum } from './captum.js';
import { circuitsVis } from './circuitsvis.js';
import { inseq } from './inseq.js';
import type { InternalsFile } from './internals-file.js';
import { lit } from './lit.js';
import { neuronpedia } from './neuronpedia.js';
import { ownInternals } from './own.js';

/** Every file that is read, the more telling ones first. */
export const internalsFiles: readonly InternalsFile[] = [
  ownInternals,
  inseq,
  bertViz,
  neuronpedia,
  captum,
  lit,
  circuitsVis,
];
