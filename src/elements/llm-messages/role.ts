import type { TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { kindIcon } from '../../internal/first-icons.js';
import { instructionsIcon, personIcon } from '../../internal/icons.js';

const ICONS = new Map<string, () => TemplateResult>([
  ['system', instructionsIcon],
  ['developer', instructionsIcon],
  ['user', personIcon],
  ['assistant', () => kindIcon('llm')],
  ['tool', () => kindIcon('tool')],
]);

/** Whether a role tells the model how to behave. */
export const instructs = (role: string): boolean => role === 'system' || role === 'developer';

/** The role if it is one that there is a colour for: no other word of a trace may become an attribute. */
export const knownRole = (role: string): string | undefined => (ICONS.has(role) ? role : undefined);

export const roleIcon = (role: string): TemplateResult => ICONS.get(role)?.() ?? kindIcon('span');

export const roleWord = (role: string, { roles }: Messages): string =>
  Object.hasOwn(roles, role) ? roles[role]! : role;
