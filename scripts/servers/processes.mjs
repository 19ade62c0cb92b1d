// Programs that others have written: had from package registries into a folder of caches, started on loopback, stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Where programs are kept between runs. */
export const cache =
  process.env.SERVERS_CACHE ??
  fileURLToPath(new URL('../../node_modules/.cache/llm-trace-kit/servers', import.meta.url));

/** Runs a command to its end, and throws what it said last where it failed. */
export async function run(command, args, { cwd, patience = 600_000 } = {}) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said = (said + data).slice(-4000)));
  const [code] = await once(child, 'close').catch((error) => [error.message]);
  if (code !== 0) throw new Error(`${command} failed (${code}): ${said.trim().split('\n').slice(-2).join(' ')}`);
}

/** A folder of the cache, made once: what fails half-way is made again next time. */
async function made(name, make) {
  const folder = path.join(cache, name);
  const mark = path.join(folder, '.made');
  if (existsSync(mark)) return folder;
  console.log(`  Installing ${name}…`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await make(folder);
  await writeFile(mark, '');
  return folder;
}

/** Packages of PyPI in an environment of their own; gives the folder of their programs. */
export async function fromPyPi(name, ...packages) {
  const folder = await made(name, async (place) => {
    await run('python3', ['-m', 'venv', place]);
    await run(path.join(place, 'bin/pip'), ['install', '--quiet', ...packages]);
  });
  return path.join(folder, 'bin');
}

/** A file of Maven Central; gives its path. */
export async function fromMaven(artifact) {
  const [, name, version, type, classifier] = artifact.split(':');
  const folder = await made(`${name}-${version}`, (place) =>
    run('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${place}`]),
  );
  return path.join(folder, `${name}-${version}-${classifier}.${type}`);
}

/** A program of a Go module, built; gives its path. A module's own `replace` lines do not hold here. */
export async function fromGo(name, module, program, version) {
  const folder = await made(`${name}-${version}`, async (cwd) => {
    await run('go', ['mod', 'init', 'servers'], { cwd });
    await run('go', ['get', `${module}/${program}@${version}`], { cwd });
    await run('go', ['build', '-o', name, `${module}/${program}`], { cwd });
  });
  return path.join(folder, name);
}

/** An OpenTelemetry Collector with these parts; gives its path. */
export async function collector(name, version, parts) {
  const folder = await made(`${name}-${version}`, async (cwd) => {
    await writeFile(path.join(cwd, 'build.yaml'), `dist: { name: collector, output_path: ./out }\n${parts}`);
    await run('go', ['run', `go.opentelemetry.io/collector/cmd/builder@${version}`, '--config', 'build.yaml'], { cwd });
    await rename(path.join(cwd, 'out/collector'), path.join(cwd, 'collector'));
  });
  return path.join(folder, 'collector');
}

/** A port of loopback that nothing listens on. */
export async function freePort() {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until something holds. A machine may have more to do than this. */
export async function until(isSo, what, seconds = 300) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(100)) {
    const held = await Promise.resolve(isSo()).catch(() => undefined);
    if (held) return held;
  }
  throw new Error(`Waited ${seconds} s in vain for ${what}.`);
}

/** Programs that run. Each leads a group of its own: some start others, which must not outlive them. */
const running = new Set();

function end({ pid }, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

process.on('exit', () => {
  for (const child of running) end(child, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/**
 * Starts a program, whose words go to `output.log` in its folder, and waits until an address answers.
 *
 * @returns what stops it
 */
export async function start(command, args, { folder, ready, env = {} }) {
  await mkdir(folder, { recursive: true });
  const log = path.join(folder, 'output.log');
  const output = createWriteStream(log, { flags: 'a' });
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  running.add(child);
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  let isOver = false;
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve)).then(
    () => (isOver = true),
  );
  const stop = async () => {
    end(child, 'SIGTERM');
    await Promise.race([ended, delay(5000)]);
    end(child, 'SIGKILL');
    running.delete(child);
  };
  try {
    await until(async () => {
      if (isOver) return 'over';
      return (await fetch(ready, { signal: AbortSignal.timeout(5000) })).status < 500 && 'answers';
    }, path.basename(command));
    if (isOver) throw new Error(`${path.basename(command)} ended at once.`);
  } catch (error) {
    await stop();
    const words = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-3).join(' ');
    throw new Error(`${error.message} ${words}`, { cause: error });
  }
  return stop;
}
