import { attentionTab } from './attention.js';
import { attributesTab } from './attributes.js';
import { compareTab } from './compare.js';
import { contributionsTab } from './contributions.js';
import { documentsTab } from './documents.js';
import { eventsTab } from './events.js';
import { gradientsTab } from './gradients.js';
import { inputOutputTab } from './input-output.js';
import { messagesTab } from './messages.js';
import { parametersTab } from './parameters.js';
import { promptTab } from './prompt.js';
import { rawTab } from './raw.js';
import { scoresTab } from './scores.js';
import { sourcesTab } from './sources.js';
import { stagesTab } from './stages.js';
import type { DetailTab } from './tab.js';
import { textsTab } from './texts.js';
import { tokensTab } from './tokens.js';

/** Every tab, in the order in which they stand. The first that a span has something for is shown first. */
export const detailTabs: readonly DetailTab[] = [
  messagesTab,
  documentsTab,
  textsTab,
  promptTab,
  inputOutputTab,
  parametersTab,
  tokensTab,
  contributionsTab,
  attentionTab,
  stagesTab,
  gradientsTab,
  sourcesTab,
  scoresTab,
  compareTab,
  eventsTab,
  attributesTab,
  rawTab,
];
