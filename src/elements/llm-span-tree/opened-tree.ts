export { arrangedTree } from '../../internal/arranged-tree.js';
export { hiddenNoteStyles, renderHiddenNote } from '../../internal/hidden-note.js';
export { texts } from '../../internal/styles/texts.js';
export { hiddenSpans } from '../../internal/span-noise.js';
export { timeMapOf } from '../../internal/time-map.js';
export { stretchesBySpan, stretchesImage, timeOf } from './critical-stretches.js';
export { headingAt, headingWords } from './heading.js';
export { laterTreeStyles } from './later-tree.styles.js';
export { TreeInput } from './tree-input.js';
