import { css } from 'lit';

/** The line between two panes that `Splitter` draws. */
export const divider = css`
  .divider {
    position: relative;
    z-index: 3;
    flex: none;
    width: 1px;
    background: var(--_line);
    cursor: col-resize;
    touch-action: none;
  }
  .divider::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline: -4px;
  }
  .divider:hover,
  .divider:focus-visible {
    outline: none;
    background: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }
`;
