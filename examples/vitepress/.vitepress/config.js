export default {
  title: 'A site by VitePress',
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('llm-') } } },
};
