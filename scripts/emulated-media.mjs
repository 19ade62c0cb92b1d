import { emulateInFirefox } from './firefox-system.mjs';

/**
 * Lets tests say what a person asks of the system, by names of media features, and `medium: 'print'`: the command
 * `emulated-media`. An empty object takes it back. The runner's own command knows few features, and Chromium alone.
 */
export const emulatedMedia = () => {
  /** What is emulated lasts as long as its session. */
  const sessions = new WeakMap();
  return {
    name: 'emulated-media',
    async executeCommand({ command, payload, session }) {
      if (command !== 'emulated-media') return undefined;
      if (session.browser.type !== 'puppeteer') throw new Error('Only Chromium and Firefox can be asked.');
      const page = session.browser.getPage(session.id);
      const { medium = '', ...features } = payload;
      if (session.browser.name === 'Firefox') {
        await emulateInFirefox(page, { medium, features });
        return true;
      }
      const client = sessions.get(page) ?? (await page.createCDPSession());
      sessions.set(page, client);
      await client.send('Emulation.setEmulatedMedia', {
        media: medium,
        features: Object.entries(features).map(([name, value]) => ({ name, value })),
      });
      return true;
    },
  };
};
