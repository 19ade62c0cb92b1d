import { isObject, type JsonObject } from '../../payloads/json-value.js';

/** What stands in place of a secret. */
export const REMOVED = '[removed]';

/** Headers, parameters and cookies that let one act as somebody else. Not the counts of tokens left that an API tells. */
const SECRET =
  /^(?!.*ratelimit).*(?:auth|api[-_]?key|[-_]key\b|^key$|token|secret|cookie|passw|signature|credential|^sig$|session)/i;

export const isSecret = (name: unknown): boolean => typeof name === 'string' && SECRET.test(name);

/** An address without a password in it, and without the keys in its query (Gemini's `key`, signed addresses of AWS). */
export function withoutSecrets(address: string): string {
  return address
    .replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#@]*@/i, `$1${REMOVED}@`)
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) =>
      isSecret(name) ? `${mark}${name}=${REMOVED}` : whole,
    );
}

/** A list of named values, those that are secret without their value. */
const hidden = (list: unknown, isHidden: (name: unknown) => boolean): unknown =>
  Array.isArray(list)
    ? list.map((item: unknown) => (isObject(item) && isHidden(item['name']) ? { ...item, value: REMOVED } : item))
    : list;

function side(message: JsonObject): JsonObject {
  const { url, postData, redirectURL } = message;
  return {
    ...message,
    ...(typeof url === 'string' && { url: withoutSecrets(url) }),
    ...(typeof redirectURL === 'string' && { redirectURL: withoutSecrets(redirectURL) }),
    headers: hidden(message['headers'], isSecret),
    // Safari's and some proxies' text of all headers.
    ...(message['headersText'] !== undefined && { headersText: REMOVED }),
    cookies: hidden(message['cookies'], () => true),
    ...(message['queryString'] !== undefined && { queryString: hidden(message['queryString'], isSecret) }),
    ...(isObject(postData) && { postData: { ...postData, params: hidden(postData['params'], isSecret) } }),
  };
}

/** An entry as it was recorded, but for what would let its reader act as the one who recorded it. The entry stays as it is. */
export function redactedEntry(entry: JsonObject): JsonObject {
  const { request, response } = entry;
  return {
    ...entry,
    ...(isObject(request) && { request: side(request) }),
    ...(isObject(response) && { response: side(response) }),
  };
}
