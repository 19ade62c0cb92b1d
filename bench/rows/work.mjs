/* global window -- of the page */
/** Milliseconds that a page's main thread works: the processor's time, so that what else the machine does does not count. */
export async function workOf(page, name) {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === 'ThreadTime').value * 1000;
  };
  const before = await worked();
  await page.evaluate((given) => window.bench[given](), name);
  return (await worked()) - before;
}
