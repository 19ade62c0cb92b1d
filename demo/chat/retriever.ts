import { helpPages, type HelpPage } from './documents.js';

const MOST_FOUND = 3;

/** Words without their endings, so that “returned” finds “returns”. */
const stemsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).map((word) => word.replace(/(ing|ed|es|s)$/, ''));

const pages = helpPages.map((page) => ({ page, stems: new Set(stemsOf(`${page.title} ${page.content}`)) }));

/** How much a word tells: those that are on every page tell nothing. */
const weightOf = (stem: string): number =>
  Math.log((pages.length + 1) / (pages.filter(({ stems }) => stems.has(stem)).length + 1));

/** The pages that share the most telling words with a question, best first. Their scores lie between 0 and 1. */
export function search(question: string): (HelpPage & { score: number })[] {
  const asked = [...new Set(stemsOf(question))];
  const best = asked.reduce((sum, stem) => sum + weightOf(stem), 0);
  return pages
    .map(({ page, stems }) => {
      const shared = asked.filter((stem) => stems.has(stem)).reduce((sum, stem) => sum + weightOf(stem), 0);
      return { ...page, score: best && Math.round((shared / best) * 100) / 100 };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST_FOUND);
}
