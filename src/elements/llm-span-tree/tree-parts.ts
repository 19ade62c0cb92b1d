import { Later } from '../../internal/later.js';

/** What the first rows of a tree do without. Loaded after the first paint, or when it is wanted. */
export const treeParts = new Later(() => import('./opened-tree.js'));
