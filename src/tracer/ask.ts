/** The answer to a question about a value of the application, which may be a proxy that throws: then it is no. */
export function ask(question: () => boolean): boolean {
  try {
    return question();
  } catch {
    return false;
  }
}
