// `npm test` with the tests of elements and readers in three engines: Chromium, Firefox and WebKit. Installs the browsers that are
// missing where the system is a Debian or an Ubuntu and we may; elsewhere says what is missing. WebKit is WebKitGTK, of Linux only.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';

/** What each engine needs: one of the files, and the package that it comes with. */
const NEEDED = [
  ['firefox', [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'], 'firefox-esr'],
  [
    'webkit',
    [process.env.MINIBROWSER_PATH, `/usr/lib/${arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`],
    'libwebkit2gtk-4.1-0',
  ],
  ['webkit', inPath('WebKitWebDriver'), 'webkit2gtk-driver'],
  ...(process.env.DISPLAY ? [] : [['webkit', inPath('Xvfb'), 'xvfb']]),
];

function inPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, program));
}

function isThere(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const missing = () => NEEDED.filter(([, files]) => !files.filter(Boolean).some(isThere));

const packages = missing().map(([, , name]) => name);
if (packages.length && inPath('apt-get').some(isThere)) {
  const [command, ...before] = process.getuid() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  try {
    await run(command, [...before, 'update']);
    await run(command, [...before, 'install', '--yes', '--no-install-recommends', ...packages]);
  } catch (error) {
    console.error(error.message);
  }
}

const still = missing();
if (still.length) {
  console.error(`Missing for ${[...new Set(still.map(([engine]) => engine))].join(' and ')}: ${still.map(([, , name]) => name).join(', ')}.`); // prettier-ignore
  process.exitCode = 1;
} else {
  await run('node', ['scripts/test.mjs'], { BROWSERS: 'chromium,firefox,webkit' });
}
