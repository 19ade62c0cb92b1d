import OpenAI from 'openai';
import { element, inputOf, on } from './page.js';

/** Where the model is. */
export interface Endpoint {
  baseURL: string;
  model: string;
  apiKey: string;
}

/** The server that comes with the demo. */
const LOCAL: Endpoint = { baseURL: '/model/chat/v1', model: 'shop-assistant-1', apiKey: '' };
const STORED_AS = 'llm-trace-kit-demo-endpoint';

const stored = (): Partial<Endpoint> => JSON.parse(sessionStorage.getItem(STORED_AS) ?? '{}') as Partial<Endpoint>;

/** The form that says which model is asked. `use` is called at first and whenever another one is chosen. */
export function connectEndpoint(use: (openai: OpenAI, model: string) => void): void {
  const form = element('endpoint-form');
  const details = element('endpoint') as HTMLDetailsElement;

  async function take(endpoint: Endpoint): Promise<void> {
    for (const name of ['baseURL', 'model', 'apiKey'] as const) inputOf(form, name).value = endpoint[name];
    element('endpoint-name').textContent = `${endpoint.model} at ${new URL(endpoint.baseURL, location.href).host}`;
    use(clientOf(endpoint), endpoint.model);
    const isThere = await hasModel(endpoint);
    element('no-model').hidden = isThere;
    details.open = !isThere;
  }

  on('endpoint-form', 'submit', () => {
    const valueOf = (name: keyof Endpoint): string => inputOf(form, name).value.trim();
    const [baseURL, model, apiKey] = [valueOf('baseURL'), valueOf('model'), valueOf('apiKey')];
    // Until the tab is closed; the key only where that is wanted.
    const isKept = inputOf(form, 'keepKey').checked;
    sessionStorage.setItem(STORED_AS, JSON.stringify({ baseURL, model, ...(isKept && { apiKey }) }));
    return take({ baseURL, model, apiKey });
  });

  inputOf(form, 'keepKey').checked = Boolean(stored().apiKey);
  void take({ ...LOCAL, ...stored() });
}

const clientOf = ({ baseURL, apiKey }: Endpoint): OpenAI =>
  new OpenAI({
    baseURL: new URL(baseURL, location.href).href,
    // Servers that want no key take any.
    apiKey: apiKey || 'none',
    // The key is the person's own, in the person's own browser.
    dangerouslyAllowBrowser: true,
  });

/** Whether there is a model: a page on a host of files has none of its own. */
async function hasModel({ baseURL }: Endpoint): Promise<boolean> {
  if (baseURL !== LOCAL.baseURL) return true;
  try {
    const response = await fetch(`${baseURL}/models`);
    return response.ok && Array.isArray(((await response.json()) as { data?: unknown }).data);
  } catch {
    return false;
  }
}
