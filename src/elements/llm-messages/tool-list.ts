import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { boxed, text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { ToolCallPart, ToolDefinition } from '../../model/index.js';
import { valueBlock } from './message-part.js';
import type { ToolMatches } from './tool-matches.js';

/** Tools that are in the DOM; the raw record has them all. */
const MOST_TOOLS = 100;
/** Calls of one tool that there are buttons for. */
const MOST_CALLS = 20;

interface ToolListContext {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly matches: ToolMatches;
  goTo(call: ToolCallPart): void;
  /** Nothing of the list is in the DOM before it is opened. */
  readonly isOpen: boolean;
  setOpen(isOpen: boolean): void;
}

/** The tools that a call was offered: what each is, its schema, and how often it was called. */
export function toolList(tools: readonly ToolDefinition[], context: ToolListContext): TemplateResult {
  const { isOpen, messages } = context;
  return html`<details
    class="tools"
    ?open=${isOpen}
    @toggle=${(event: Event) => context.setOpen((event.target as HTMLDetailsElement).open)}
  >
    <summary>${messages.toolsOffered(tools.length)}</summary>
    ${isOpen ? tools.slice(0, MOST_TOOLS).map((tool, index) => renderTool(tool, index, context)) : nothing}
    ${tools.length > MOST_TOOLS ? html`<p class="muted">${messages.moreNotShown(tools.length - MOST_TOOLS)}</p>` : nothing}
  </details>`;
}

/** Whether the tool at a place can be seen. */
export const isListed = (place: number | undefined): boolean => place !== undefined && place < MOST_TOOLS;

function renderTool(tool: ToolDefinition, index: number, context: ToolListContext): TemplateResult {
  const { messages, settings, matches } = context;
  const calls = matches.callsOf(tool.name);
  return html`<details class="card" id="tool-${index}" tabindex="-1">
    <summary>
      <span class="tool-name">${revealed(settings.readable(text(tool.name)))}</span>
      <span class="muted">${messages.callsOfTool(calls.length)}</span>
    </summary>
    <div class="content">
      ${
        tool.description
          ? html`<llm-text-block
              .messages=${messages}
              .settings=${settings}
              .value=${boxed(tool.description)}
            ></llm-text-block>`
          : nothing
      }
      ${
        calls.length
          ? html`<div class="links">
              ${calls
                .slice(0, MOST_CALLS)
                .map(
                  (call, place) =>
                    html`<button type="button" class="go" @click=${() => context.goTo(call)}>
                      ${messages.toCall(place + 1)}
                    </button>`,
                )}
            </div>`
          : nothing
      }
      ${tool.parameters === undefined ? nothing : valueBlock(tool.parameters, context)}
    </div>
  </details>`;
}
