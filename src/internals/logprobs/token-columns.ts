import type { Distribution, Internals } from '../internals.js';
import { isFields } from '../shape.js';

/** One of the most likely tokens at a place. */
export interface Alternative {
  text: string;
  id: number | undefined;
  logprob: number;
}

/** One token as a payload tells of it. */
export interface TokenEntry {
  text: string;
  id?: number | undefined;
  /** UTF-8; where they are given they count more than the text, which has no word for a part of a character. */
  bytes?: readonly number[] | undefined;
  /** `undefined` where it is not known. */
  logprob?: number | undefined;
  rank?: number | undefined;
  top?: readonly Alternative[] | undefined;
}

/** What the payload of a call says of its tokens. */
export interface TokenReport {
  /** Whether probabilities are those before or after sampling was prepared. */
  dist: Distribution;
  output: readonly TokenEntry[];
  prompt?: readonly TokenEntry[];
  /** The mean logarithm of the output's probabilities, where the payload has no tokens. */
  mean?: number | undefined;
  /** What the payload has and this does not. */
  dropped?: readonly string[];
}

/** Tokens of one call that are read at the most, and alternatives of one token. */
const MOST_TOKENS = 500_000;
const MOST_TOP = 100;

/** OpenAI's word for a token that is not among the most likely ones: how likely it was is not said. */
const UNKNOWN = -9999;

export const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A logarithm of a probability, if it is one. Some servers round above 0. */
export function logprobOf(value: unknown): number | undefined {
  const number = finite(value);
  return number === undefined || number <= UNKNOWN ? undefined : Math.min(0, number);
}

/** The same of a probability. Of one that is 0 it is not said how small it was. */
export function logprobOfShare(value: unknown): number | undefined {
  const share = finite(value);
  return share === undefined || share <= 0 ? undefined : Math.min(0, Math.log(share));
}

export const whole = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const bytesOf = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every((byte) => whole(byte) !== undefined && byte < 256)
    ? (value as number[])
    : undefined;

/** The entries of a list that are objects, no more of them than are read. */
export const entriesOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.slice(0, MOST_TOKENS).filter(isFields) : [];

/** A report as columns. */
export function internalsOfReport({ dist, prompt = [], output, mean, dropped }: TokenReport): Internals {
  const entries = [...prompt, ...output];
  const capture = { capture: { level: 1 as const, ...(dropped?.length && { dropped: [...dropped] }) } };
  if (entries.length === 0) {
    return { v: 1, output: { from: 0, dist, ...(mean !== undefined && { mean }) }, ...capture };
  }
  const { text, cont } = joinedTexts(entries);
  const has = (name: keyof TokenEntry): boolean => entries.some((entry) => entry[name] !== undefined);
  const column = (name: 'logprob' | 'rank'): (number | null)[] => entries.map((entry) => entry[name] ?? null);
  const tops = entries.map(({ top = [] }) => top.slice(0, MOST_TOP));
  const split = new Set(cont.flatMap((at) => [at, at - 1]));
  return {
    v: 1,
    tokens: {
      text,
      split: prompt.length,
      ...(entries.every(({ id }) => id !== undefined) && { id: entries.map(({ id }) => id!) }),
      ...(cont.length > 0 && {
        cont,
        bytes: entries.map(({ bytes }, at) => (split.has(at) ? [...(bytes ?? [])] : null)),
      }),
    },
    output: {
      from: 0,
      dist,
      ...(has('logprob') && { logprob: column('logprob') }),
      ...(has('rank') && { rank: column('rank') }),
      ...(tops.some((top) => top.length > 0) && {
        top: {
          text: tops.map((top) => top.map((one) => one.text)),
          ...(tops.every((top) => top.every(({ id }) => id !== undefined)) && {
            id: tops.map((top) => top.map(({ id }) => id!)),
          }),
          logprob: tops.map((top) => top.map(({ logprob }) => logprob)),
        },
      }),
    },
    ...capture,
  };
}

/**
 * The texts of tokens. A character whose bytes are spread over several is the text of the first of them; the others, which
 * are listed, have what comes behind it.
 */
function joinedTexts(entries: readonly TokenEntry[]): { text: string[]; cont: number[] } {
  const text = entries.map((entry) => (entry.bytes ? '' : entry.text));
  const cont: number[] = [];
  let decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Bytes that are missing of the last character, and the token that it began in. */
  let missing = 0;
  let owner = 0;
  entries.forEach(({ bytes }, at) => {
    if (!bytes) {
      if (missing) text[owner] = text[owner]! + decoder.decode();
      decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      missing = 0;
      return;
    }
    const isContinued = missing > 0 && isInside(bytes[0]!);
    const before = owner;
    for (const byte of bytes) {
      if (missing && isInside(byte)) missing--;
      else if ((missing = lengthOf(byte) - 1)) owner = at;
    }
    const decoded = decoder.decode(Uint8Array.from(bytes), { stream: true });
    const [first = ''] = isContinued ? decoded : '';
    if (isContinued) {
      cont.push(at);
      text[before] = text[before]! + first;
    }
    text[at] = text[at]! + decoded.slice(first.length);
  });
  if (missing) text[owner] = text[owner]! + decoder.decode();
  return { text, cont };
}

/** Whether a byte of UTF-8 goes on with a character. */
const isInside = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Bytes of the character that begins with this one. */
const lengthOf = (byte: number): number => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1);

/** The place of a token among the most likely ones, from 1; `undefined` where it is not one of them. */
export function rankAmong(top: readonly Alternative[], text: string, logprob: number | undefined): number | undefined {
  if (logprob === undefined) return undefined;
  const at = top.findIndex((one) => one.text === text && one.logprob === logprob);
  if (at < 0) return undefined;
  return 1 + top.filter((one) => one.logprob > logprob).length;
}
