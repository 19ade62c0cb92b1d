// What Firefox's protocol has no commands for, by the code of its own window: `firefoxOptions()` lets the runner run some there.
/* global gBrowser, Services, Cc, Ci -- of the window */
/* global requestAnimationFrame -- of the page */

/** Runs a function of one argument in the window of the browser, not in the page, and gives what it returns. */
async function inWindow(page, program, argument = null) {
  const { connection } = page.browser();
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [{ context }] = tree.result.contexts;
  const { result } = await connection.send('script.evaluate', {
    expression: `(async () => JSON.stringify((await (${program})(${JSON.stringify(argument)})) ?? null))()`,
    target: { context },
    awaitPromise: true,
  });
  if (result.type !== 'success') throw new Error(result.exceptionDetails.text);
  return JSON.parse(result.result.value);
}

/** Gives the focus to the page, which a test may have left for a part of the browser: by Tab, say. */
export const focusInFirefox = (page) => inWindow(page, () => void gBrowser.selectedBrowser.focus());

/**
 * What a person asks of the system, by names of media features, and the `medium`; what is not named is as it was.
 * The only page of the run is the one that is asked.
 */
export async function emulateInFirefox(page, { medium, features }) {
  await inWindow(
    page,
    ({ medium, features }) => {
      for (const { browsingContext } of gBrowser.browsers) {
        browsingContext.mediumOverride = medium;
        browsingContext.forcedColorsOverride = features['forced-colors'] ?? 'none';
        browsingContext.prefersColorSchemeOverride = features['prefers-color-scheme'] ?? 'none';
        browsingContext.prefersReducedMotionOverride = features['prefers-reduced-motion'] ?? 'none';
      }
      const contrast = 'ui.useAccessibilityTheme';
      if (features['prefers-contrast'] === 'more') Services.prefs.setIntPref(contrast, 1);
      else Services.prefs.clearUserPref(contrast);
    },
    { medium, features },
  );
}

/** What is given to assistive technology, with the names that Chromium has for it. */
function toldByFirefox() {
  const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
  const told = [];
  const waiting = [service.getAccessibleFor(gBrowser.selectedBrowser)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (let at = node.childCount - 1; at >= 0; at--) waiting.push(node.getChildAt(at));
    const [state, more] = [{}, {}];
    node.getState(state, more);
    const list = service.getStringStates(state.value, more.value);
    const states = new Set(Array.from({ length: list.length }, (_, at) => list.item(at)));
    const level = {};
    node.groupPosition(level, {}, {});
    const role = service.getStringRole(node.role) === 'text leaf' ? 'StaticText' : node.computedARIARole;
    const one = { role, name: node.name ?? '' };
    if (level.value) one.level = level.value;
    if (states.has('expandable')) one.expanded = states.has('expanded');
    if (states.has('selectable')) one.selected = states.has('selected');
    if (states.has('focused')) one.focused = true;
    for (const orientation of ['vertical', 'horizontal']) if (states.has(orientation)) one.orientation = orientation;
    if (node instanceof Ci.nsIAccessibleValue) {
      one.valuemin = node.minimumValue;
      one.valuemax = node.maximumValue;
    }
    told.push(one);
  }
  return told;
}

/** The tree of the page once it stands still: the page's process tells the window of changes a little later. */
export async function accessibilityTreeOfFirefox(page) {
  let before;
  for (let tries = 0; tries < 50; tries++) {
    // Changes are told of with the frames of the page.
    for (let frames = 0; frames < 3; frames++) await page.evaluate(() => new Promise(requestAnimationFrame));
    const told = await inWindow(page, toldByFirefox);
    const text = JSON.stringify(told);
    // Nothing is there of a page until its process has answered that anybody wants to know.
    if (text === before && told.some(({ role }) => role === 'document')) return told;
    before = text;
  }
  throw new Error('The accessibility tree does not come to rest.');
}
