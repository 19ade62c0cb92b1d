/** What the attributes of a span mean. */
export type { Convention, FactsRule, OutlineFacts, OutlineRule } from './convention.js';
export { interpret } from './interpret.js';
export { WholeOutlineDraft as OutlineDraft } from './whole-outline-draft.js';
export { conventions } from './registry.js';
