// The test runner without limits of time: `npm run test:properties` tries much more than `npm test`.
import { fileURLToPath } from 'node:url';
import config from '../web-test-runner.config.mjs';

const withoutTimeouts = {
  name: 'without-timeouts',
  transform: ({ path, body }) =>
    path.endsWith('.test.ts') ? body.replace(/\.timeout\([\d_.e+]+\)/g, '.timeout(0)') : undefined,
};

export default {
  ...config,
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [...config.plugins, withoutTimeouts],
  testFramework: { config: { timeout: 0 } },
  testsFinishTimeout: 3_600_000,
};
