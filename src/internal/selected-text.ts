/**
 * The text that a person marked by a gesture inside of shadow trees, as it is on the page; empty where none is.
 *
 * @param event what ended the gesture: it knows the trees that it came through
 */
export function selectedText(event: Event): string {
  const selection = getSelection();
  if (!selection) return '';
  const shadowRoots = event.composedPath().filter((node) => node instanceof ShadowRoot);
  // Engines without it give the text of shadow trees as that of the selection.
  const [range] = 'getComposedRanges' in selection ? selection.getComposedRanges({ shadowRoots }) : [];
  if (!range) return String(selection);
  const { startContainer, startOffset, endContainer, endOffset } = range;
  if (startContainer.getRootNode() !== endContainer.getRootNode()) return '';
  const live = document.createRange();
  live.setStart(startContainer, startOffset);
  live.setEnd(endContainer, endOffset);
  return String(live);
}
