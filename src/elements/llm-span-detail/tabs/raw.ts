import { jsonBlock } from './parts.js';
import type { DetailTab } from './tab.js';

export const rawTab: DetailTab = {
  id: 'raw',
  label: (messages) => messages.tabRaw,
  isFor: () => true,
  render: (context) => jsonBlock(context, context.span.raw),
};
