import { context } from '@opentelemetry/api';
import {
  getRetrieverAttributes,
  setMetadata,
  setPromptTemplate,
  setSession,
  setTags,
  setUser,
  traceChain,
  traceRetriever,
} from '@arizeai/openinference-core';
import { startOpenInference } from '../openinference.mjs';

export const name = 'rag-kensho';
export const title = 'Retrieval: where did Harrison work?';
export const about =
  'A question is answered from documents: embedding, retriever with scores, prompt template, answer.';
export const packages = ['@arizeai/openinference-instrumentation-openai', '@arizeai/openinference-core', 'openai'];

export const replies = [
  { when: ({ last }) => last.includes('Where did Harrison work?'), text: 'Harrison worked at Kensho.' },
];

const documents = [
  { id: 'people-014', content: 'Harrison worked at Kensho', metadata: { source: 'people.md', line: 14 } },
  {
    id: 'people-022',
    content: 'Ankush worked as an engineer at a self-driving car company before he joined the team',
    metadata: { source: 'people.md', line: 22 },
  },
  {
    id: 'offices-003',
    content: 'The office in Cambridge is open from Monday to Friday; visitors sign in at the front desk',
    metadata: { source: 'offices.md', line: 3 },
  },
  {
    id: 'glossary-041',
    content: 'Kensho: a Japanese word for seeing the true nature of things',
    metadata: { source: 'glossary.md', line: 41 },
  },
];

const template = [
  'Use the following pieces of context to answer the question at the end.',
  'If you do not know the answer, say that you do not know.',
  '',
  '{context}',
  '',
  'Question: {question}',
  'Helpful answer:',
].join('\n');

const fillTemplate = (variables) => template.replace(/\{(\w+)\}/g, (_, key) => variables[key]);

// Vectors of length 1: their product is the cosine of the angle between them.
const similarity = (left, right) => left.reduce((sum, value, index) => sum + value * right[index], 0);

export async function run({ baseURL }) {
  const { client, finishedSpans } = startOpenInference('docs-assistant', baseURL);

  const embed = async (input) => {
    const { data } = await client.embeddings.create({
      model: 'text-embedding-3-small',
      input,
      encoding_format: 'float',
    });
    return data.map(({ embedding }) => embedding);
  };

  const retrieve = traceRetriever(
    async (question) => {
      const [questionVector, ...documentVectors] = await embed([question, ...documents.map(({ content }) => content)]);
      return documents
        .map((document, index) => ({
          ...document,
          score: Number(similarity(questionVector, documentVectors[index]).toFixed(4)),
        }))
        .sort((left, right) => right.score - left.score);
    },
    { name: 'VectorStoreRetriever', processOutput: (found) => getRetrieverAttributes({ documents: found }) },
  );

  const answerFromDocuments = traceChain(
    async (question, found) => {
      const variables = { context: found.map(({ content }) => content).join('\n'), question };
      // The template is set around the call of the model only, so that it is on that span and no other.
      const withTemplate = setPromptTemplate(context.active(), { template, variables, version: 'v2' });
      const completion = await context.with(withTemplate, () =>
        client.chat.completions.create({
          model: 'gpt-4o-mini',
          temperature: 0,
          messages: [{ role: 'user', content: fillTemplate(variables) }],
        }),
      );
      return completion.choices[0].message.content;
    },
    { name: 'StuffDocumentsChain' },
  );

  const answer = traceChain(async (question) => answerFromDocuments(question, await retrieve(question)), {
    name: 'RetrievalQA',
  });

  let request = setSession(context.active(), { sessionId: 'session-7f3a' });
  request = setUser(request, { userId: 'user-82' });
  request = setTags(request, ['rag', 'docs']);
  request = setMetadata(request, { release: '2.4.1', channel: 'help-center' });
  await context.with(request, () => answer('Where did Harrison work?'));
  return finishedSpans();
}
