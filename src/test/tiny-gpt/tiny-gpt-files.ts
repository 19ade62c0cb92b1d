/** For tests: the tokenizer of the tiny GPT, and the files beside it, as a folder of transformers.js has them. */

export const SPECIAL = ['<|endoftext|>', '<|user|>', '<|assistant|>'];

/** Byte-level BPE writes bytes that are no visible characters by others (`bytes_to_unicode` of GPT-2). */
const SPACE = 'Ġ';
const LINE = 'Ċ';
/** The bytes of `é` and of `€` as byte-level BPE writes them: characters that take two tokens, and three. */
const BYTES = ['Ã', '©', 'â', 'Ĥ', '¬'];
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).map((character) =>
  character === ' ' ? SPACE : character,
);
const MERGES = ['t h', 'th e', 'i n', 'e r', 'a n', 'o n', 'r e', `${SPACE} the`, `${SPACE} a`, 'in g', 'o r', 'e n'];

/** Tokens by their numbers. */
export const VOCABULARY: readonly string[] = [
  ...SPECIAL,
  LINE,
  ...PRINTABLE,
  ...MERGES.map((merge) => merge.replace(' ', '')),
  ...BYTES,
];

const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: SPECIAL.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  post_processor: null,
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    merges: MERGES,
  },
};

const tokenizerConfig = {
  tokenizer_class: 'GPT2Tokenizer',
  model_max_length: 256,
  bos_token: '<|endoftext|>',
  eos_token: '<|endoftext|>',
  unk_token: '<|endoftext|>',
  chat_template:
    "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] }}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
};

const config = {
  model_type: 'gpt2',
  architectures: ['GPT2LMHeadModel'],
  vocab_size: VOCABULARY.length,
  n_layer: 2,
  n_head: 4,
  n_embd: 64,
  n_positions: 256,
  n_ctx: 256,
  bos_token_id: 0,
  eos_token_id: 0,
};

/** The files of a folder, by their paths inside it. */
export const tinyGptFolder = (model: Uint8Array<ArrayBuffer>): ReadonlyMap<string, Blob> =>
  new Map([
    ['onnx/model.onnx', new Blob([model])],
    ...Object.entries({
      'config.json': config,
      'generation_config.json': { bos_token_id: 0, eos_token_id: 0 },
      'tokenizer.json': tokenizer,
      'tokenizer_config.json': tokenizerConfig,
    }).map(([name, content]): [string, Blob] => [name, new Blob([JSON.stringify(content)])]),
  ]);

/** The text of tokens, for runs without a tokenizer. */
export const decodeTokens = (ids: readonly number[]): string =>
  ids.map((id) => VOCABULARY[id]!.replaceAll(SPACE, ' ').replaceAll(LINE, '\n')).join('');

/** One token a character, for runs without a tokenizer. */
export const encodeCharacters = (text: string): number[] =>
  Array.from(text, (character) => VOCABULARY.indexOf(character === ' ' ? SPACE : character));
