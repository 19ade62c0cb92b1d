import { block } from './parts.js';
import type { DetailTab } from './tab.js';

export const rawTab: DetailTab = {
  id: 'raw',
  label: (messages) => messages.tabRaw,
  isFor: () => true,
  render: (context) => block(context, context.span.raw),
};
