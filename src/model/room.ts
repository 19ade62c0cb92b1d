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
 * @param expected how many there are known to be: the first time, no more than that is taken
 */
export const roomFor = (needed: number, room: number, isRead: boolean, expected = 0): number =>
  room === 0 && expected >= needed
    ? expected
    : Math.max(needed, expected, Math.ceil(room * (isRead ? ONCE_READ : WHILE_READ)), LEAST);
