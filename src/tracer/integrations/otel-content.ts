/** The last word of attributes that name and measure, and never hold what was said. */
const HARMLESS =
  /(?:^|[._])(?:id|ids|name|model|version|kind|type|provider|system|vendor|operation|method|status|code|finish_?reasons?|role|language|operationId|finishReason)$/;

/** What an attribute may keep where nothing of what went in or came out is to be recorded: numbers, names, kinds. */
const isHarmless = (key: string, value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'boolean' || HARMLESS.test(key);

/** Attributes without what was said. Vocabularies differ in where they put it: what is kept is named, the rest goes. */
export const withoutContent = (attributes: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([key, value]) => isHarmless(key, value)));
