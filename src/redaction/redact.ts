import { maskPersonal } from './mask-personal.js';
import { SECRET, SECRET_KEY } from './secret-patterns.js';

/** What stands for a text that nothing is shown of. */
export const MASKED = '[masked]';

/**
 * A text without secrets and without what tells who somebody is.
 *
 * @param found is told what was taken out, and what stands in its place
 */
export function redact(text: string, found?: (taken: string, stands: string) => void): string {
  const open = text.replace(SECRET, (all: string, ...kept: (string | undefined)[]) => {
    const beginning = kept.slice(0, 4).find(Boolean) ?? '';
    found?.(all.slice(beginning.length), MASKED);
    return `${beginning}${MASKED}`;
  });
  return maskPersonal(open, { masked: 0 }, found);
}

/** Whether the value under this name is a secret, whatever it looks like. */
export const isSecretName = (name: string): boolean => SECRET_KEY.test(name);
