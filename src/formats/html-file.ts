/** What the block with the spans is called in a file that this kit wrote (src/export/html-file.ts). */
const BLOCK = /<script\b[^>]{0,200}\bid="llm-trace-data"[^>]{0,200}>/;

/**
 * What an HTML file of ours holds: text, or bytes that may be packed. `undefined` for any other text. The file is searched,
 * not parsed: nothing in it is ever run or loaded.
 */
export function dataOfHtmlFile(text: string): string | Uint8Array<ArrayBuffer> | undefined {
  if (!/^\ufeff?\s*</.test(text)) return undefined;
  const block = BLOCK.exec(text);
  if (!block) return undefined;
  const start = block.index + block[0].length;
  const end = text.indexOf('</script', start);
  const held = text.slice(start, end < 0 ? undefined : end).trim();
  return block[0].includes('gzip') ? bytesOf(held) : held;
}

/** Letters that are decoded at a time: a multiple of four, which stand for whole bytes. */
const LETTERS = 1 << 20;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((base64.length * 3) / 4));
  let length = 0;
  try {
    for (let at = 0; at < base64.length; at += LETTERS) {
      const binary = atob(base64.slice(at, at + LETTERS));
      for (let place = 0; place < binary.length; place++) bytes[length++] = binary.charCodeAt(place);
    }
  } catch {
    // What is damaged is read up to there, and then found to be cut off.
  }
  return bytes.subarray(0, length);
}
