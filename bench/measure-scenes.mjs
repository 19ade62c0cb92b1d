// Visits pages with traces, each time with a browser of its own; the cases take turns.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTrace } from './generate.mjs';
import { servePages } from './pages.mjs';
import { scenes } from './scenes/index.mjs';
import { figureTable } from './table.mjs';
import { Visit } from './visit.mjs';

const PAGES = new Map([
  ['view', '/kit/bench.html'],
  ['reader', '/kit/bench.html'],
  ['JSON.parse', '/kit/bench.html'],
  ['tree', '/kit/bench.html?show=tree'],
  ['timeline', '/kit/bench.html?show=timeline'],
  ['limit', '/limit.html'],
  ['view before', '/before/bench.html'],
  ['reader before', '/before/bench.html'],
  ['tree before', '/before/bench.html?show=tree'],
  ['timeline before', '/before/bench.html?show=timeline'],
]);

/** The scenes with the figures that these words choose. */
export function chosenScenes(words, browser) {
  return scenes.flatMap((scene) => {
    const figures = scene.figures.filter(
      ({ name, step, browsers }) =>
        (words.length === 0 || words.some((word) => word === step || name.includes(word))) &&
        (browsers?.includes(browser) ?? true),
    );
    const told =
      browser === 'chromium' ? figures : figures.map(({ withoutWork, ...figure }) => ({ ...figure, ...withoutWork }));
    return told.length > 0 ? [{ ...scene, figures: told }] : [];
  });
}

/** A figure is also taken of the same element as it was before, beside what it is held against. */
function withBefore(figure) {
  const before = figure.cases.map((name) => `${name} before`).filter((name) => PAGES.has(name));
  return { ...figure, cases: [figure.cases[0], ...before, ...figure.cases.slice(1)] };
}

/** A page that fails is told, and no figure is taken of it. */
async function visitOnce(scene, name, context, { address, browser }) {
  const visit = await Visit.open(address + PAGES.get(name), browser);
  try {
    const result = await scene.visit(visit, { ...context, name });
    visit.check();
    return result;
  } catch (error) {
    return { failure: error.message.split('\n')[0] };
  } finally {
    await visit.close();
  }
}

/**
 * Measures scenes. Gives a table for each figure.
 *
 * @param {{ traces: string[], runs: number, browser: string, before?: string, seconds: number }} options `before`: another
 *   checkout of this project, measured in the same turns
 */
export async function measureScenes(wanted, options, report) {
  const served = await servePages({
    kit: fileURLToPath(new URL('..', import.meta.url)),
    ...(options.before && { before: path.resolve(options.before) }),
  });
  try {
    for (const scene of wanted) {
      const figures = options.before ? scene.figures.map(withBefore) : scene.figures;
      const measured = new Map();
      for (const trace of options.traces) {
        const of = figures.filter(({ traces }) => traces.includes(trace));
        if (of.length > 0) measured.set(trace, await measureTrace(scene, of, trace, options, served.address));
      }
      for (const figure of figures) {
        const entry = figureTable(figure, measured);
        if (entry) report(entry);
      }
    }
  } finally {
    await served.close();
  }
}

async function measureTrace(scene, figures, trace, { runs, browser, seconds }, address) {
  const folder = ensureTrace(trace, scene);
  const rows = JSON.parse(await readFile(path.join(folder, `${trace}.rows.json`), 'utf8'));
  const cases = new Set(figures.flatMap((figure) => figure.cases));
  const results = new Map([...cases].map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const name of cases) {
      const of = figures.filter((figure) => figure.cases.includes(name));
      const context = { trace, rows, figures: of, seconds };
      const begun = performance.now();
      const result = await visitOnce(scene, name, context, { address, browser });
      results.get(name).push(result);
      const took = ((performance.now() - begun) / 1000).toFixed(1);
      console.error(`${trace}, ${name}, run ${run + 1} of ${runs}: ${result.failure ?? `${took} s`}`);
    }
  }
  return results;
}
