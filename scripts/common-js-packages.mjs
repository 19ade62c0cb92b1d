// Packages that are CommonJS only, as modules for the pages of the test runner, which take nothing else.
import { build } from 'vite';

async function asModule(name, exported) {
  const { output } = [
    await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [
        {
          name: 'entry',
          resolveId: (id) => (id === 'virtual:entry' ? id : undefined),
          load: (id) => (id === 'virtual:entry' ? `export { ${exported.join(', ')} } from '${name}';` : undefined),
        },
      ],
      build: {
        write: false,
        minify: false,
        rollupOptions: { input: 'virtual:entry', preserveEntrySignatures: 'strict', output: { format: 'es' } },
      },
    }),
  ].flat()[0];
  return output[0].code;
}

/**
 * Plugin for the test runner.
 *
 * @param {Record<string, string[]>} packages names of packages, each with what is imported from it
 */
export function commonJsPackages(packages) {
  const modules = new Map();
  return {
    name: 'common-js-packages',
    resolveImport: ({ source }) => (source in packages ? `/common-js/${source}.js` : undefined),
    async serve({ path }) {
      const [, name] = /^\/common-js\/(.*)\.js$/.exec(path) ?? [];
      if (!(name in packages)) return undefined;
      if (!modules.has(name)) modules.set(name, asModule(name, packages[name]));
      return { body: await modules.get(name), type: 'js' };
    },
  };
}
