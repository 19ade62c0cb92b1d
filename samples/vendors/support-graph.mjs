import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import { tool } from '@langchain/core/tools';
import { Annotation, MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import * as story from './story.mjs';

export const input = { messages: [{ role: 'user', content: story.question }] };

export const config = {
  runName: 'support question',
  tags: ['support', 'parcels'],
  metadata: { user_id: story.user, session_id: story.session },
  configurable: { thread_id: story.session },
};

class HelpPages extends BaseRetriever {
  lc_namespace = ['support'];

  static lc_name() {
    return 'HelpPages';
  }

  async _getRelevantDocuments() {
    const found = await story.searchHelpPages();
    return found.map(
      ({ id, content, metadata, score }) =>
        new Document({ id, pageContent: content, metadata: { ...metadata, score } }),
    );
  }
}

const schema = z.object({ parcel: z.string() });
const asTool = (name, run) => tool(run, { name, description: story.toolTexts[name], schema });

/** The story as a graph: retrieve, then an agent and its tools in turn. */
export function createSupportGraph(baseURL) {
  const tools = [asTool('look_up_parcel', story.lookUpParcel), asTool('check_customs', story.checkCustoms)];
  const chat = new ChatOpenAI({
    model: story.model,
    temperature: 0,
    streaming: true,
    apiKey: 'sk-local',
    configuration: { baseURL },
  });
  const chatWithTools = chat.bindTools(tools);
  const retriever = new HelpPages();

  const State = Annotation.Root({ ...MessagesAnnotation.spec, documents: Annotation() });
  return new StateGraph(State)
    .addNode('retrieve', async ({ messages }, config) => {
      config.writer?.({ progress: 'searching the help pages' });
      return { documents: await retriever.invoke(messages.at(-1).content, config) };
    })
    .addNode('agent', async ({ messages, documents }, config) => {
      const [system] = story.firstMessages(documents);
      return { messages: [await chatWithTools.invoke([system, ...messages], config)] };
    })
    .addNode('tools', new ToolNode(tools))
    .addEdge(START, 'retrieve')
    .addEdge('retrieve', 'agent')
    .addConditionalEdges('agent', toolsCondition)
    .addEdge('tools', 'agent')
    .compile({ checkpointer: new MemorySaver(), name: 'support question' });
}
