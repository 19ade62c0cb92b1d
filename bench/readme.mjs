// `node bench/readme.mjs results/bench.json …` prints README's table of what was measured.
import { readFile } from 'node:fs/promises';

const TRACES = ['1k', '10k', '100k', '1m', 'wide', 'deep'];

const number = (value) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(+value.toPrecision(2));

/** A ratio where one is wanted, what was measured otherwise; bold where it is not as wanted. */
function cell(line) {
  if (line?.cases[0].value === undefined) return '';
  const [ours, reference] = [line.cases[0].value.median, line.cases.at(-1).value?.median];
  const isRatio = /^≤ [\d.]+ ×(,|$)/.test(line.wanted);
  const shown = isRatio ? `${(ours / reference).toFixed(2)} ×` : number(ours);
  return line.holds === false ? `**${shown}**` : shown;
}

/** What is wanted with these traces: once where it is the same. */
function goal(lines) {
  const goals = new Map();
  for (const { trace, wanted } of lines) if (wanted) goals.set(wanted, [...(goals.get(wanted) ?? []), trace]);
  if (goals.size === 1) return [...goals.keys()][0];
  return [...goals].map(([wanted, traces]) => `${wanted} (${traces.join(', ')})`).join('; ');
}

/** The figures of scenes, the traces beside each other. */
export function readmeTable(reports) {
  const figures = new Map();
  for (const { name, unit, lines } of reports.flatMap(({ rows }) => rows)) {
    if (!lines) continue;
    const figure = figures.get(name) ?? { unit, lines: new Map() };
    for (const line of lines) figure.lines.set(line.trace, line);
    figures.set(name, figure);
  }
  const head = ['', 'wanted', ...TRACES];
  const body = [...figures].map(([name, { unit, lines }]) => {
    // What grows is as large as this.
    const lineOf = (trace) => lines.get(trace === '100k' && lines.has('live') ? 'live' : trace);
    const cells = TRACES.map((trace) => cell(lineOf(trace)));
    return [`${name.replaceAll('<', '`<').replaceAll('>', '>`')}, ${unit}`, goal([...lines.values()]), ...cells];
  });
  const rule = ['---', '---', ...TRACES.map(() => '---:')];
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

if (process.argv[2]?.endsWith('.json')) {
  const reports = await Promise.all(
    process.argv.slice(2).map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  );
  const [{ browser, cpus, runs }] = reports;
  console.log(`${browser}, ${cpus} processors, medians of ${runs} runs.\n\n${readmeTable(reports)}`);
}
