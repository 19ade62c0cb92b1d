import { maskPersonal } from './mask-personal.js';
import { SECRET, SECRET_KEY } from './secret-patterns.js';

/** What stands for a text that nothing is shown of. */
export const MASKED = '[masked]';

/** A text without secrets and without what tells who somebody is. */
export function redact(text: string): string {
  const open = text.replace(
    SECRET,
    (_found, ...kept: (string | undefined)[]) => `${kept.slice(0, 4).find(Boolean) ?? ''}${MASKED}`,
  );
  return maskPersonal(open, { masked: 0 });
}

/** Whether the value under this name is a secret, whatever it looks like. */
export const isSecretName = (name: string): boolean => SECRET_KEY.test(name);
