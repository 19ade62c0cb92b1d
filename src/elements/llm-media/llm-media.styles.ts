import { css } from 'lit';

export const mediaStyles = css`
  .frame {
    display: grid;
    justify-items: start;
    gap: 6px;
    height: auto;
    padding: 6px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
    min-width: 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .about bdi {
    min-width: 0;
  }
  .host {
    font-weight: 500;
    color: var(--_text);
  }
  .about button {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_focus);
  }
  .about button:hover {
    text-decoration: underline;
  }
  canvas {
    max-width: 100%;
    max-height: 420px;
    border-radius: 4px;
  }
  audio,
  video {
    max-width: 100%;
  }
  video {
    max-height: 420px;
  }
  .failure {
    color: var(--_error);
  }
  @media print {
    button,
    audio {
      display: none;
    }
  }
`;
