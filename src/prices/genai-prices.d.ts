/** What the kit takes of the package, which is not there unless a page wants prices. */
declare module '@pydantic/genai-prices' {
  export const calcPrice: import('./price-list.js').CalcPrice;
}
