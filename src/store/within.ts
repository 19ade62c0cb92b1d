/**
 * The result of work that may never answer: rejects with a `TimeoutError` after so many seconds. Seconds in which the page
 * is frozen or asleep do not count: what has arrived meanwhile is heard first.
 */
export function within<Result>(work: Promise<Result>, seconds: number): Promise<Result> {
  let left = seconds;
  let timer: ReturnType<typeof setInterval> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (--left === 0) reject(new DOMException(`The database has not answered within ${seconds} s.`, 'TimeoutError'));
    }, 1000);
  });
  return Promise.race([work, timeout]).finally(() => clearInterval(timer));
}
