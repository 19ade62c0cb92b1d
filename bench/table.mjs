/** Median, least and most. */
function spread(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

const number = (value) => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
const middle = (found) => (found && !Number.isNaN(found.median) ? number(found.median) : '–');
const shown = ({ median, least, most }) => `${number(median)} (${number(least)} – ${number(most)})`;

/** What is wanted of ours, in words and as a judgement; nothing where nothing is. */
function judged({ ratioAtMost, moreAtMost, atMost, times }, ours, reference, failed, lines) {
  const other = lines.find(({ trace }) => trace === times?.trace)?.cases[0].value?.median;
  const wanted = [
    ratioAtMost !== undefined && [`≤ ${ratioAtMost} ×`, ours <= reference * ratioAtMost],
    moreAtMost !== undefined && [`≤ ${moreAtMost} more`, ours <= reference + moreAtMost],
    atMost !== undefined && [`≤ ${atMost}`, ours <= atMost],
    other !== undefined && [`≤ ${times.atMost} × ${times.trace}`, ours <= other * times.atMost],
  ].filter(Boolean);
  if (wanted.length === 0 && !failed) return { wanted: '' };
  return { wanted: wanted.map(([words]) => words).join(', '), holds: !failed && wanted.every(([, holds]) => holds) };
}

/**
 * What a figure comes to, a line a trace.
 *
 * @param {Map<string, Map<string, object[]>>} measured results by trace and case
 */
export function figureTable(figure, measured) {
  const lines = [];
  for (const [trace, results] of measured) {
    if (!figure.traces.includes(trace)) continue;
    const all = figure.cases.flatMap((name) => results.get(name) ?? []);
    const failure = all.find((result) => result.failure !== undefined)?.failure;
    const runsOf = (name) => results.get(name).filter((result) => result.failure === undefined);
    const cases = figure.cases.map((name) => {
      const runs = runsOf(name).map((result) => figure.of?.(result) ?? result);
      if (runs.length === 0) return { name };
      const beside = Object.entries(figure.beside ?? {}).map(([label, of]) => [label, spread(runs.map(of))]);
      return { name, value: spread(runs.map(figure.value)), beside: Object.fromEntries(beside) };
    });
    const [ours, reference] = [cases[0].value?.median, cases.at(-1).value?.median];
    lines.push({
      trace,
      cases,
      failure,
      ...judged(figure.holds(trace), ours, reference, failure !== undefined, lines),
    });
  }
  if (lines.length === 0) return undefined;
  const beside = Object.keys(figure.beside ?? {});
  const head = [
    ['trace', ...figure.cases, 'ratio', 'wanted', '', ...beside],
    ['---', ...figure.cases.map(() => '---:'), '---:', '---', '---', ...beside.map(() => '---:')],
  ];
  const body = lines.map(({ trace, cases, failure, wanted, holds }) => [
    trace,
    ...cases.map(({ value }) => (value ? shown(value) : '–')),
    cases
      .slice(1)
      .map(({ value }) => (cases[0].value && value?.median ? (cases[0].value.median / value.median).toFixed(2) : '–'))
      .join(' / '),
    wanted,
    failure ?? (holds === undefined ? '' : holds ? 'holds' : 'DOES NOT HOLD'),
    ...beside.map((label) => cases.map((measuredCase) => middle(measuredCase.beside?.[label])).join(' / ')),
  ]);
  const table = [...head, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const { name, unit, step } = figure;
  const holds = lines.every((line) => line.holds !== false);
  return { name, unit, step, lines, holds, markdown: `### ${name}, ${unit}\n\n${table}\n` };
}

/** What a row's runs come to: numbers, and a table for people. The first case is ours. */
export function table(row, results) {
  const cases = row.cases.map((name) => {
    const runs = results.get(name);
    return {
      name,
      value: spread(runs.map(({ value }) => value)),
      thread: spread(runs.map(({ thread }) => thread)),
      all: spread(runs.map(({ all }) => all)),
    };
  });
  const [ours, reference] = cases;
  const ratio = reference && ours.value.median / reference.value.median;
  const { ratioAtLeast, ratioAtMost, atMost } = row.holds ?? {};
  const holds =
    !(ratio < ratioAtLeast) && !(ratio > ratioAtMost) && !(atMost !== undefined && ours.value.median > atMost);
  const wanted = [
    ratioAtLeast !== undefined && `ratio ≥ ${ratioAtLeast}`,
    ratioAtMost !== undefined && `ratio ≤ ${ratioAtMost}`,
    atMost !== undefined && `${ours.name} ≤ ${atMost} ${row.unit}`,
  ].filter(Boolean);
  const lines = [
    `### ${row.name}`,
    '',
    `| | ${row.unit} | ratio | main thread, ms | all processes, ms |`,
    '|---|---:|---:|---:|---:|',
    ...cases.map(({ name, value, thread, all }) => {
      const part = name === ours.name ? '' : (ours.value.median / value.median).toFixed(2);
      return `| ${name} | ${shown(value)} | ${part} | ${shown(thread)} | ${shown(all)} |`;
    }),
    '',
    `${wanted.join(', ')}: ${holds ? 'holds' : 'DOES NOT HOLD'}`,
    '',
  ];
  return { name: row.name, unit: row.unit, cases, ratio, holds, markdown: lines.join('\n') };
}
