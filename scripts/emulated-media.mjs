/**
 * Lets tests say what a person asks of the system, by names of media features: the command `emulated-media`. An empty object
 * takes it back. Chromium knows features that the commands of its launcher do not pass on, such as `forced-colors`.
 */
export const emulatedMedia = () => {
  /** What is emulated lasts as long as its session. */
  const sessions = new WeakMap();
  return {
    name: 'emulated-media',
    async executeCommand({ command, payload, session }) {
      if (command !== 'emulated-media') return undefined;
      if (session.browser.type !== 'puppeteer') throw new Error('Only Chromium can be asked.');
      const page = session.browser.getPage(session.id);
      const client = sessions.get(page) ?? (await page.createCDPSession());
      sessions.set(page, client);
      const features = Object.entries(payload).map(([name, value]) => ({ name, value }));
      await client.send('Emulation.setEmulatedMedia', { features });
      return true;
    },
  };
};
