#!/usr/bin/env node
// What the kit does without a page: an HTML file, figures, another format, out of any trace that it reads.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { summarise } from '../dist/analysis/index.js';
import { maskTraces, toHtmlFile, toMarkdown, tracesToOtlp } from '../dist/export/index.js';
import { readTraces, TraceReadError } from '../dist/formats/index.js';
import { formatCost, formatDuration, formatNumber } from '../dist/i18n/index.js';

const HELP = `Usage: llm-trace-kit <command> <file> [options]

Commands
  html      one HTML file that shows the traces: opens from disk, offline
  summary   figures of each trace
  convert   the traces in another format: --to otlp (default) or markdown

The file is a trace of any format that is read; - is standard input.

Options
  -o, --out <file>    write there, not to standard output
      --to <format>   of convert: otlp, markdown
      --masked        leave out what looks like a secret or personal data
      --format <name> read the file as this format
      --lang <tag>    of html: language, en, de or zh
      --title <text>  of html: title
      --tokens <n>    of markdown: how long it may be (4000)
      --json          of summary: as JSON
  -h, --help
`;

/** Something that is wrong with how the command was called. */
class UsageError extends Error {}

const FORMATS = new Map([
  ['otlp', (traces) => JSON.stringify(tracesToOtlp(traces))],
  [
    'markdown',
    (traces, { tokens }) => traces.map((trace) => toMarkdown(trace, { tokens: Number(tokens ?? 4000) })).join('\n'),
  ],
]);

const COMMANDS = new Map([
  [
    'html',
    async (traces, { lang: locale, title }) =>
      toHtmlFile(traces, {
        program: await import('../dist/program.js'),
        ...(locale !== undefined && { locale }),
        ...(title !== undefined && { title }),
      }),
  ],
  [
    'convert',
    (traces, options) => {
      const write = FORMATS.get(options.to ?? 'otlp');
      if (!write)
        throw new UsageError(`--to ${options.to} is not known. There are: ${[...FORMATS.keys()].join(', ')}.`);
      return write(traces, options);
    },
  ],
  [
    'summary',
    (traces, { json }) =>
      json
        ? JSON.stringify(traces.map(figuresOf), undefined, 2)
        : traces.map((trace) => linesOf(figuresOf(trace)).join('\n')).join('\n\n'),
  ],
]);

function figuresOf(trace) {
  const { duration, isRunning, spanCount, kinds, llmCalls, models, usage, cost, errors, slowest } = summarise(trace);
  return {
    id: trace.id,
    name: trace.name,
    format: trace.format,
    duration,
    isRunning,
    spans: spanCount,
    kinds: Object.fromEntries(kinds),
    llmCalls,
    models: [...models],
    usage,
    cost,
    errors,
    slowest: slowest && { id: slowest.span.id, name: slowest.span.name, time: slowest.time },
    problems: trace.problems.map(({ message }) => message),
  };
}

/** What the trace does not state has no line. */
function linesOf({
  name,
  id,
  format,
  duration,
  isRunning,
  spans,
  llmCalls,
  models,
  usage,
  cost,
  errors,
  slowest,
  problems,
}) {
  const number = (value) => formatNumber(value, 'en');
  const tokens = [
    usage?.input !== undefined && `${number(usage.input)} in`,
    usage?.output !== undefined && `${number(usage.output)} out`,
  ].filter(Boolean);
  return [
    `${name} (${id}, ${format})`,
    Number.isFinite(duration) && `  duration  ${formatDuration(duration, 'en')}${isRunning ? ', running' : ''}`,
    `  spans     ${number(spans)}`,
    llmCalls > 0 && `  LLM calls ${number(llmCalls)}${models.length ? `: ${models.join(', ')}` : ''}`,
    tokens.length > 0 && `  tokens    ${tokens.join(', ')}`,
    cost !== undefined && `  cost      ${formatCost(cost, 'en')}`,
    errors > 0 && `  errors    ${number(errors)}`,
    slowest && `  slowest   ${slowest.name}, ${formatDuration(slowest.time, 'en')} of its own`,
    ...problems.map((problem) => `  problem   ${problem}`),
  ]
    .filter(Boolean)
    .map(printable);
}

/** Texts of a trace must not steer the terminal. */
const printable = (line) => line.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');

async function standardInput() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', short: 'o' },
      to: { type: 'string' },
      masked: { type: 'boolean' },
      format: { type: 'string' },
      lang: { type: 'string' },
      title: { type: 'string' },
      tokens: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return process.stdout.write(HELP);
  const [name, file, ...others] = positionals;
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(name === undefined ? 'Which command?' : `There is no command ${name}.`);
  if (file === undefined || others.length) throw new UsageError(`${name} takes one file.`);
  const bytes = file === '-' ? await standardInput() : await readFile(file);
  let traces = await readTraces(bytes, values.format === undefined ? {} : { format: values.format });
  if (values.masked) ({ traces } = await maskTraces(traces));
  const text = `${await command(traces, values)}\n`;
  if (values.out === undefined) process.stdout.write(text);
  else await writeFile(values.out, text);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError || error.code?.startsWith?.('ERR_PARSE_ARGS');
  const isExpected = isUsage || error instanceof TraceReadError || error.syscall !== undefined;
  console.error(isExpected ? error.message : error);
  if (isUsage) console.error(`\n${HELP}`);
  process.exitCode = isUsage ? 2 : 1;
}
