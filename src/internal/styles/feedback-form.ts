import { css } from 'lit';

/** What a `FeedbackForm` needs beside the base. */
export const feedbackFormStyles = css`
  .feedback-form {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding: 6px 14px;
  }
  .feedback-form [type='text'] {
    flex: 1 1 120px;
    min-width: 0;
    min-height: 26px;
    padding: 2px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  .feedback-form ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .feedback-form [aria-pressed='true'] {
    color: var(--_focus);
    background: var(--_selection);
  }
  @media (forced-colors: active) {
    .feedback-form [aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
  .feedback-form .error-text {
    color: var(--_error);
  }
  .stars,
  .categories {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .stars {
    gap: 0;
  }
  .categories {
    flex-basis: 100%;
  }
  .categories .button {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .star {
    position: relative;
    cursor: pointer;
  }
  .star[data-on='true'] {
    color: var(--_focus);
  }
  .star[data-on='true'] svg {
    fill: currentColor;
  }
  .star:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
`;
