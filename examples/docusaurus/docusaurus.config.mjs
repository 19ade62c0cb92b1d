import { readFile } from 'node:fs/promises';
import { renderTrace } from 'llm-trace-kit/server';

/** Writes the trace into the page when the site is built. */
const trace = () => ({
  name: 'trace',
  loadContent: async () =>
    renderTrace(await readFile('public/trace.json'), { attributes: { src: '/trace.json', style: 'height: 400px' } }),
  contentLoaded: ({ content, actions }) => actions.setGlobalData(content),
});

export default {
  title: 'A site by Docusaurus',
  url: 'https://example.com',
  baseUrl: '/',
  staticDirectories: ['public'],
  plugins: [['@docusaurus/plugin-content-docs', { routeBasePath: '/', sidebarPath: undefined }], trace],
  themes: ['@docusaurus/theme-classic'],
};
