import { waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';

/**
 * For tests: asks of the system what a person would, by the names of media features, and `medium: 'print'` for paper; `{}` takes
 * it back. Gives whether the page sees it: the runner cannot ask WebKitGTK, and tests of such a thing are skipped there.
 */
export async function asked({ medium, ...features }: Readonly<Record<string, string>>): Promise<boolean> {
  const queries = Object.entries(features).map(([name, value]) => `(${name}: ${value})`);
  const isSeen = (): boolean => [...queries, medium ?? 'screen'].every((query) => matchMedia(query).matches);
  try {
    await executeServerCommand('emulated-media', { ...(medium && { medium }), ...features });
  } catch {
    return isSeen();
  }
  await waitUntil(isSeen, 'The page sees what was asked.', { interval: 5, timeout: 5000 });
  return true;
}
