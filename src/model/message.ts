/** Who speaks. Traces may hold other words; they are kept as they are. */
export type MessageRole = 'system' | 'developer' | 'user' | 'assistant' | 'tool' | (string & {});

export interface TextPart {
  type: 'text';
  text: string;
  /** What the text rests on, in the order of the provider. */
  citations?: readonly Citation[];
}

/** A page or a document that a text cites. */
export interface Citation {
  /** The address of the source, which is never loaded by itself. */
  url?: string;
  /** The title of the source, or the name of its file. */
  title?: string;
  /** What the source says, as it is quoted. */
  text?: string;
  /** The source's id at the provider. */
  documentId?: string;
  /** The place of the source among the documents that the model was given, from 0. */
  documentIndex?: number;
  /** Where in the text the citation stands, in UTF-16 units. `start` and `end` (exclusive) come together. */
  start?: number;
  end?: number;
}

/** What the model thought. Redacted or encrypted reasoning has no text and says so. */
export interface ReasoningPart {
  type: 'reasoning';
  text: string;
  hidden?: 'redacted' | 'encrypted';
}

export interface ToolCallPart {
  type: 'tool-call';
  id?: string;
  name: string;
  /** The arguments: parsed where they were JSON text, else the text itself. */
  arguments: unknown;
}

export interface ToolResultPart {
  type: 'tool-result';
  /** The id of the call that this answers. */
  id?: string;
  name?: string;
  result: unknown;
  isError?: boolean;
}

/** An image, a recording, a film or a file: inline as base64, or by an address that is never loaded by itself. */
export interface MediaPart {
  type: 'media';
  modality: 'image' | 'audio' | 'video' | 'file';
  mimeType?: string;
  /** Base64 without a `data:` prefix. */
  data?: string;
  uri?: string;
  /** A file name, or a file id at the provider. */
  name?: string;
}

export interface RefusalPart {
  type: 'refusal';
  text: string;
}

/** A part that no payload reader knows, kept as it came. */
export interface OtherPart {
  type: 'other';
  value: unknown;
}

export type MessagePart =
  TextPart | ReasoningPart | ToolCallPart | ToolResultPart | MediaPart | RefusalPart | OtherPart;

/** One turn of a conversation, in the same shape whatever the provider. */
export interface Message {
  role: MessageRole;
  parts: MessagePart[];
  /** The name of the speaker or of the tool, where one is given. */
  name?: string;
  /** Whether the span was given this message or wrote it. */
  origin: 'input' | 'output';
  finishReason?: string;
}
