/** What a function of ours gives; nothing where it fails: the application is not to notice. */
export function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
