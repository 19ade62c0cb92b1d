import { accessibilityTreeOfFirefox } from './firefox-system.mjs';

/** Gives tests the whole tree that Chromium or Firefox hands to assistive technology: the command `accessibility-tree`. */
export const accessibilityTree = () => ({
  name: 'accessibility-tree',
  async executeCommand({ command, session }) {
    if (command !== 'accessibility-tree') return undefined;
    if (session.browser.type !== 'puppeteer') throw new Error('Only Chromium and Firefox can be asked.');
    const page = session.browser.getPage(session.id);
    if (session.browser.name === 'Firefox') return accessibilityTreeOfFirefox(page);
    const client = await page.createCDPSession();
    try {
      const { nodes } = await client.send('Accessibility.getFullAXTree');
      return nodes
        .filter(({ ignored }) => !ignored)
        .map(({ role, name, properties = [] }) => ({
          role: role.value,
          name: name?.value ?? '',
          ...Object.fromEntries(properties.map((property) => [property.name, property.value.value])),
        }));
    } finally {
      await client.detach();
    }
  },
});
