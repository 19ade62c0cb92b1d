import type { Message, MessagePart } from '../../model/index.js';

/** Of a longer text, the beginning and the end count, and its length. */
const MOST_CHARACTERS = 4096;
/** Of a larger value, the first parts count. */
const MOST_VALUES = 5000;

/** A number of 53 bits for what was added to it, in this order. Equal contents give equal numbers. */
export class ContentHash {
  #high = 0x9e37_79b9;
  #low = 0x85eb_ca6b;

  get value(): number {
    return (this.#high >>> 11) * 0x1_0000_0000 + (this.#low >>> 0);
  }

  addNumber(number: number): this {
    this.#high = Math.imul(this.#high ^ number, 0x0100_0193) + 0x1b87_3593;
    this.#low = Math.imul((this.#low << 5) ^ (this.#low >>> 27) ^ number, 0xcc9e_2d51) + (this.#high >>> 16);
    // Numbers of 53 bits.
    const upper = Math.trunc(number / 0x1_0000_0000);
    return upper ? this.addNumber(upper) : this;
  }

  addText(text: string): this {
    this.addNumber(text.length);
    const half = MOST_CHARACTERS / 2;
    const isLong = text.length > MOST_CHARACTERS;
    for (let at = 0; at < (isLong ? half : text.length); at++) this.addNumber(text.charCodeAt(at));
    if (isLong) for (let at = text.length - half; at < text.length; at++) this.addNumber(text.charCodeAt(at));
    return this;
  }

  /** A value of JSON's kinds. */
  addValue(value: unknown): this {
    const waiting: unknown[] = [value];
    for (let count = 0; waiting.length > 0 && count < MOST_VALUES; count++) {
      const item = waiting.pop();
      if (typeof item !== 'object' || item === null) {
        this.addText(typeof item === 'string' ? item : `${typeof item} ${String(item)}`);
        continue;
      }
      const entries = item instanceof Map ? [...(item as ReadonlyMap<unknown, unknown>)] : Object.entries(item);
      this.addNumber(Array.isArray(item) ? -entries.length - 1 : entries.length);
      for (const [key, inside] of entries.slice(0, MOST_VALUES)) {
        if (!Array.isArray(item)) this.addText(String(key));
        waiting.push(inside);
      }
    }
    return this;
  }

  /** Who said what. Ids of calls and citations are left out: each run has others. */
  addMessage({ role, parts }: Message): this {
    this.addText(role);
    for (const part of parts) this.#addPart(part);
    return this;
  }

  #addPart(part: MessagePart): void {
    if (part.type === 'text' || part.type === 'refusal') this.addText(part.type).addText(part.text.trim());
    else if (part.type === 'tool-call') this.addText(part.name).addValue(part.arguments);
    else if (part.type === 'tool-result') this.addText(part.type).addValue(part.result);
    else this.addValue(part);
  }
}
