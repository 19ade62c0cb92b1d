import type { SpanOutline } from '../model/index.js';

/** An outline that says nothing, to be filled and filled again. */
export const emptyOutline = (): SpanOutline => ({
  traceId: '',
  id: '',
  parentId: '',
  name: '',
  label: undefined,
  kind: 'span',
  start: NaN,
  end: NaN,
  status: 'unset',
  statusMessage: undefined,
  service: undefined,
  model: undefined,
  provider: undefined,
  usage: undefined,
  cost: undefined,
  timeToFirstToken: undefined,
  sessionId: undefined,
  userId: undefined,
  tags: undefined,
  metadata: undefined,
});
