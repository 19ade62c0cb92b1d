/**
 * Why there is no database, in a sentence.
 *
 * @param isBlocked whether another tab has not let go of an older version
 */
export function reasonOf(error: unknown, isBlocked: boolean): string {
  const { name, message } = error as Error;
  if (name === 'VersionError') return 'A newer version of the kit has taken over the database.';
  if (name === 'QuotaExceededError') return 'There is no room for the database.';
  return isBlocked ? 'Waiting for another tab to let go of an older version of the database.' : message || name;
}
