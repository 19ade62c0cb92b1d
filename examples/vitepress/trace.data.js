// Run by VitePress when it builds the site.
import { readFile } from 'node:fs/promises';
import { renderTrace } from 'llm-trace-kit/server';

export default {
  watch: ['./public/trace.json'],
  load: async ([file]) =>
    renderTrace(await readFile(file), { attributes: { src: '/trace.json', style: 'height: 400px' } }),
};
