/** Median, least and most. */
function spread(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

const number = (value) => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
const shown = ({ median, least, most }) => `${number(median)} (${number(least)} – ${number(most)})`;

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
