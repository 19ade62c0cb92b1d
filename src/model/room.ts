/** What is still being read grows fast, so that little is copied; what is there mostly grows by little more. */
const WHILE_READ = 2;
const ONCE_READ = 1.125;
const LEAST = 64;

/**
 * How many rows a full column gets room for.
 *
 * @param needed how many it has to have
 * @param room how many it has
 * @param isRead whether it was trimmed: all that was expected had come
 */
export const roomFor = (needed: number, room: number, isRead: boolean): number =>
  Math.max(needed, Math.ceil(room * (isRead ? ONCE_READ : WHILE_READ)), LEAST);
