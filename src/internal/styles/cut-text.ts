import { css } from 'lit';

/**
 * Declarations for a box with one text in one line: what has no room is cut off at the end of the text. That is on the right
 * where the text runs from left to right, also in a page that runs the other way. The text stands where the page begins.
 */
export const cutText = css`
  overflow: hidden;
  text-align: -webkit-match-parent;
  text-align: match-parent;
  text-overflow: ellipsis;
  white-space: nowrap;
  unicode-bidi: plaintext;
`;
