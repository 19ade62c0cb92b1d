// What editors and frameworks know of the elements, made of the manifest: completion in VS Code and JetBrains' editors, types of
// the tags in JSX (React, Preact, Solid), Vue and Svelte.
/* global structuredClone */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { jsxTypesPlugin } from '@wc-toolkit/jsx-types';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { customElementSveltePlugin } from 'custom-element-svelte-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import { customElementVuejsPlugin } from 'custom-element-vuejs-integration';

/** A copy in which the types of events need no import: the map of events knows them by their names. */
function withEventTypes(manifest, more = '') {
  const copy = structuredClone(manifest);
  for (const { declarations } of copy.modules) {
    for (const { events } of declarations) {
      for (const event of events) event.type.text = `GlobalEventHandlersEventMap["${event.name}"]${more}`;
    }
  }
  return copy;
}

/** Writes the manifest and what is made of it. */
export async function writeEditorData(manifest, outdir) {
  const write = (file, text) => writeFile(path.join(outdir, file), `${text}\n`);
  const types = { typesSrc: 'parsedType', hideLogs: true };
  await write('custom-elements.json', JSON.stringify(manifest, undefined, 2));
  await write('html-data.json', getVsCodeHtmlCustomData(manifest, types));
  await write('css-data.json', getVsCodeCssCustomData(manifest, types));
  await write('web-types.json', getWebTypesData(manifest, types));
  // Each of these writes its own file.
  const framework = (fileName) => ({ outdir, fileName, globalTypePath: './index.js', hideLogs: true });
  jsxTypesPlugin(framework('jsx.d.ts')).packageLinkPhase({ customElementsManifest: withEventTypes(manifest) });
  // These two write `CustomEvent<…>` around what they are given.
  const detailed = withEventTypes(manifest, '["detail"]');
  customElementVuejsPlugin(framework('vue.d.ts')).packageLinkPhase({ customElementsManifest: detailed });
  customElementSveltePlugin(framework('svelte.d.ts')).packageLinkPhase({ customElementsManifest: detailed });
}
