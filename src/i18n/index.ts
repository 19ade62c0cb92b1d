export { en } from './en.js';
export * from './format.js';
export type { Messages } from './messages.js';
