// Records the sample traces: `node samples/record.mjs` for all of them, or with a scenario's name for that one.
// Each scenario runs in a process of its own, because instrumentations change the modules that they instrument.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startModelServer } from './model-server.mjs';
import { check, hideDirectories, toDocument } from './trace-file.mjs';

const scenarioNames = [
  'rag-kensho',
  'agent-tools',
  'error-retry',
  'nested-agents',
  'chat-genai',
  'streaming-reasoning',
];
const outputFolder = new URL('../demo/traces/', import.meta.url);

async function writeJson(file, value) {
  await writeFile(new URL(file, outputFolder), `${JSON.stringify(value, null, 1)}\n`);
}

// The folder in node_modules can be an alias, so that the real name is in the package's own file.
async function nameAndVersion(folder) {
  const manifest = JSON.parse(await readFile(new URL(`node_modules/${folder}/package.json`, import.meta.url), 'utf8'));
  return `${manifest.name}@${manifest.version}`;
}

async function record(name) {
  const scenario = await import(`./scenarios/${name}.mjs`);
  const server = await startModelServer(scenario.replies);
  const spans = await scenario.run({ baseURL: server.baseURL });
  await server.close();

  const document = toDocument(spans);
  hideDirectories(document);
  const count = check(document);
  await writeJson(`${name}.json`, document);
  console.log(`${name}: ${count} spans`);
}

async function recordAll() {
  await mkdir(outputFolder, { recursive: true });
  for (const name of scenarioNames) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), name], { stdio: 'inherit' });
    const [exitCode] = await once(child, 'exit');
    if (exitCode !== 0) throw new Error(`The scenario ${name} ended with exit code ${exitCode}.`);
  }
  await writeJson('index.json', await describeAll());
}

async function describeAll() {
  const entries = [];
  for (const name of scenarioNames) {
    const { title, about, packages } = await import(`./scenarios/${name}.mjs`);
    const recordedFrom = (await Promise.all(packages.map(nameAndVersion))).join(', ');
    entries.push({ file: `${name}.json`, title, about, recordedFrom });
  }
  return entries;
}

const [requested] = process.argv.slice(2);
await (requested ? record(requested) : recordAll());
