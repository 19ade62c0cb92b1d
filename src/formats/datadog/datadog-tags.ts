import { asArray } from '../../payloads/json-value.js';
import { tagsOf } from '../row.js';

/** The value of a `key:value` tag. */
export function tagged(tags: unknown, key: string): string | undefined {
  const start = `${key}:`;
  const tag = asArray(tags).find((item) => typeof item === 'string' && item.startsWith(start)) as string | undefined;
  return tag?.slice(start.length) || undefined;
}

/** Tags that the SDK makes of what is shown as something else, or that are of one span and not of its trace. */
const SHOWN_ELSEWHERE = /^(?:error|error_type|session_id|user_id|user_handle|service):/;

/** The tags that are left to be shown as tags of the trace. A span's attributes have all. */
export const traceTags = (tags: readonly unknown[]): readonly string[] | undefined =>
  tagsOf(tags.filter((tag) => typeof tag !== 'string' || !SHOWN_ELSEWHERE.test(tag)));

/** What a tag or field says where the SDK does not know better: a provider by the address of its API, for one. */
export const known = (word: string | undefined): string | undefined => (word === 'unknown' ? undefined : word);
