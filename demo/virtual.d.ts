/** The custom properties of `<llm-trace-view>`: names and sentences of the manifest, initial values of the styles (`site/plugin.mjs`). */
declare module 'virtual:custom-properties' {
  export const customProperties: readonly { name: string; description: string; initial: string }[];
}
