/** What of the view is shown only where something was opened. Loaded after the first paint, or when it is wanted. */
import { Later } from '../../internal/later.js';

export const laterParts = new Later(() => import('./opened-parts.js'));
