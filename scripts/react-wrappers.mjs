// Components of React made of the manifest: one module an element, with `@lit/react`, and one that names them all.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** `llm-span-select` is `onSpanSelect`. */
const handlerOf = (event) =>
  `on${event.replace(/^llm-/, '').replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase())}`;

const moduleOf = ({ name, tagName, events }) => `import { createComponent } from '@lit/react';
import * as react from 'react';
import '../define/${tagName}.js';
import { ${name} as elementClass } from '../elements/${tagName}.js';

export const ${name} = /* @__PURE__ */ createComponent({
  react,
  tagName: '${tagName}',
  elementClass,
  displayName: '${name}',
  events: { ${events.map((event) => `${handlerOf(event.name)}: '${event.name}'`).join(', ')} },
});
`;

const typesOf = ({ name, tagName, summary, events }) => `import type { EventName, ReactWebComponent } from '@lit/react';
import type * as elements from '../elements/index.js';

/** ${summary} \`<${tagName}>\` as a component of React. */
export declare const ${name}: ReactWebComponent<
  elements.${name},
  {
${events
  .map(
    ({ name: event, type, description }) =>
      `    /** ${description} */\n    ${handlerOf(event)}: EventName<elements.${type.text}>;`,
  )
  .join('\n')}
  }
>;
`;

/** Writes `react/`. */
export async function writeReactWrappers({ modules }, outdir) {
  const folder = path.join(outdir, 'react');
  await mkdir(folder, { recursive: true });
  const elements = modules.flatMap(({ declarations }) => declarations);
  for (const element of elements) {
    await writeFile(path.join(folder, `${element.tagName}.js`), moduleOf(element));
    await writeFile(path.join(folder, `${element.tagName}.d.ts`), typesOf(element));
  }
  const index = elements.map(({ name, tagName }) => `export { ${name} } from './${tagName}.js';\n`).join('');
  await writeFile(path.join(folder, 'index.js'), index);
  await writeFile(path.join(folder, 'index.d.ts'), index);
}
