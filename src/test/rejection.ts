/** For tests: what a promise is rejected with; throws where it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let result: unknown;
  try {
    result = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`Not rejected, but resolved with ${typeof result}.`);
}
