/** How long a flush waits for what others do: sinks that never answer, bodies that never end. In ms. */
const AT_MOST = 30_000;

/** The result of work that may never answer: rejects with a `TimeoutError` then. */
export async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('No answer within 30 s.', 'TimeoutError')), AT_MOST);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
