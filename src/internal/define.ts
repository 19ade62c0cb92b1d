const foreign = new Set<string>();

/**
 * Registers an element, unless the name is taken: two copies of the kit may meet on a page, and the first one stays.
 * Says so once for each name. Does nothing where there is no registry (on a server).
 */
export function define(
  tag: string,
  element: CustomElementConstructor,
  registry = globalThis.customElements as CustomElementRegistry | undefined,
): void {
  if (!registry) return;
  const taken = registry.get(tag);
  if (!taken) registry.define(tag, element);
  else if (taken !== element && !foreign.has(tag)) {
    foreign.add(tag);
    console.warn(
      `<${tag}> is registered already, by another copy of llm-trace-kit or another library. That one is used.`,
    );
  }
}
