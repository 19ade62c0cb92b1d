import { css } from 'lit';

/** It stands in the page's own message: the page's colour is behind it. */
export const feedbackStyles = css`
  .frame {
    height: auto;
    background: none;
  }
  .feedback-form {
    padding: 2px 0;
  }
`;
