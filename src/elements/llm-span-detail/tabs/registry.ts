import { attributesTab } from './attributes.js';
import { documentsTab } from './documents.js';
import { eventsTab } from './events.js';
import { inputOutputTab } from './input-output.js';
import { messagesTab } from './messages.js';
import { parametersTab } from './parameters.js';
import { promptTab } from './prompt.js';
import { rawTab } from './raw.js';
import { scoresTab } from './scores.js';
import type { DetailTab } from './tab.js';
import { textsTab } from './texts.js';

/** Every tab, in the order in which they stand. The first that a span has something for is shown first. */
export const detailTabs: readonly DetailTab[] = [
  messagesTab,
  documentsTab,
  textsTab,
  promptTab,
  inputOutputTab,
  parametersTab,
  scoresTab,
  eventsTab,
  attributesTab,
  rawTab,
];
