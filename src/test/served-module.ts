/** For tests: modules that come as they are published, and not bundled: runtimes of a megabyte, beside files of their own. */

/** Where the published files of a package are. */
export const packageFile = (path: string): string => new URL(`/published/${path}`, location.href).href;

/** The exports of a module of a package. */
export const servedModule = async (path: string): Promise<unknown> => {
  const address = packageFile(path);
  // eslint-disable-next-line no-restricted-syntax -- a package of this project, as it was installed
  return (await import(/* @vite-ignore */ address)) as unknown;
};
