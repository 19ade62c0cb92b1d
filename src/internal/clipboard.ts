/**
 * Puts a text on the clipboard, and says whether that worked: pages without a secure origin have no clipboard, and a
 * person may forbid it. The text can then still be marked and copied by hand.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
