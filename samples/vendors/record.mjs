// Records what the SDKs of vendors send: `node samples/vendors/record.mjs` for all of them, or with a vendor's name for
// that one. Each runs in a process of its own, with the environment that it needs.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startModelServer } from '../model-server.mjs';
import { check, checkJson, hideMachine } from './body-file.mjs';
import { startCollector } from './collector.mjs';
import { vendors } from './vendors.mjs';

const outputFolder = new URL('../../demo/traces/vendors/', import.meta.url);
const inProcess = 'LLM_TRACE_KIT_RECORDS';

async function record(name) {
  const scenario = await import(`./scenarios/${name}.mjs`);
  const server = await startModelServer(scenario.replies);
  const collector = await startCollector(scenario.answer);
  const files = await scenario.run({ modelURL: server.baseURL, collector });
  await Promise.all([server.close(), collector.close()]);

  if (process.env.SHOW_REQUESTS) {
    for (const { method, path, contentType, text } of collector.requests) {
      console.log(method, path, contentType, text.length);
    }
  }
  for (const [file, sent] of Object.entries(files)) {
    await writeFile(new URL(file, outputFolder), checked(sent));
    console.log(`${file}: ${sent.length} characters`);
  }
  // Some SDKs keep timers or sockets open.
  process.exit(0);
}

function checked(sent) {
  if (Buffer.isBuffer(sent)) {
    check(sent.toString('latin1'));
    return sent;
  }
  const text = hideMachine(sent);
  check(text);
  checkJson(text);
  return text;
}

async function recordInProcess(name) {
  const { environment } = vendors.find((vendor) => vendor.name === name);
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), name], {
    stdio: 'inherit',
    env: { ...process.env, ...environment, [inProcess]: name },
  });
  const [exitCode] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`The scenario ${name} ended with exit code ${exitCode}.`);
}

async function nameAndVersion(folder) {
  const manifest = JSON.parse(await readFile(new URL(`node_modules/${folder}/package.json`, import.meta.url), 'utf8'));
  return `${manifest.name}@${manifest.version}`;
}

async function describeAll() {
  const entries = [];
  for (const { vendor, packages, files } of vendors) {
    const recordedFrom = (await Promise.all(packages.map(nameAndVersion))).join(', ');
    for (const [file, sends] of Object.entries(files)) entries.push({ file, vendor, recordedFrom, sends });
  }
  await writeFile(new URL('index.json', outputFolder), `${JSON.stringify(entries, null, 2)}\n`);
}

const [requested] = process.argv.slice(2);
if (process.env[inProcess]) {
  await record(requested);
} else {
  await mkdir(outputFolder, { recursive: true });
  for (const name of requested ? [requested] : vendors.map((vendor) => vendor.name)) await recordInProcess(name);
  await describeAll();
}
