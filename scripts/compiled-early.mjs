/**
 * What a script begins with whose functions are all wanted soon: engines that know it compile them on another thread, while the
 * script comes in, and not one by one when they are first called (V8's "explicit compile hints"; a comment to all others).
 */
export const COMPILED_EARLY = '//# allFunctionsCalledOnLoad\n';

/** For vite: has what a page loads at first compiled so, and not what is loaded when it is wanted. */
export const compiledEarly = () => ({
  name: 'compiled-early',
  generateBundle(_options, bundle) {
    const first = new Set(Object.keys(bundle).filter((name) => bundle[name].isEntry));
    for (const name of first) for (const other of bundle[name]?.imports ?? []) first.add(other);
    for (const name of first) if (bundle[name]) bundle[name].code = COMPILED_EARLY + bundle[name].code;
  },
});
