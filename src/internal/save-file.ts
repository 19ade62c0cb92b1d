/** How long a browser is given to take a file before its bytes are let go of. */
const LET_GO_AFTER = 60_000;
const MOST_CHARACTERS = 80;

/** A name that every system takes for a file, of a text that anybody may have written. */
export function fileNameOf(name: string, ending: string): string {
  const slug = name
    .toWellFormed()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .replace(/^-+|-+$/g, '');
  return `${slug || 'trace'}${ending}`;
}

/** Hands a file to the person: the browser saves it, or asks where to. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), LET_GO_AFTER);
}
