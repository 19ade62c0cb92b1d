/**
 * Words that are in nearly every text of a language and tell it from its neighbours, most of them short. By BCP 47 tag; those
 * of Latin script first.
 */
const STOP_WORDS: Readonly<Record<string, string>> = {
  en: 'the and of to is in that it you for with are was this be have not on as by from or an but can which will your',
  de: 'der die und das ist nicht ein eine zu den mit von sich auf für im dem es ich sie wird auch sind werden oder einen aus',
  fr: 'le la les et de des un une est que dans pour pas vous sur avec plus au il ce ne par sont qui nous du ou votre',
  es: 'el la los las y de un una es que en por no con para se su lo como más del al pero este son está usted o',
  it: 'il la di e che un una è per non in con sono si del della le lo come anche più questo i da dei al gli nel',
  pt: 'o a os as e de um uma é que em para não com por se do da no na mais como mas são ao dos você ou está',
  nl: 'de het een en van is niet dat in op te zijn voor met je die aan er ook maar om als naar wordt kan bij uw',
  sv: 'och att det är en som inte av för på med den till ett om har du kan de från var eller så jag men vi',
  da: 'og at det er en som ikke af for på med den til et om har du kan de fra var eller så jeg men vi der',
  nb: 'og at det er en som ikke av for på med den til et om har du kan de fra var eller så jeg men vi også hva',
  pl: 'i w nie na się z że to jest do jak o co za od dla ale po czy są tego był przez może oraz lub być',
  cs: 'a je v se na to že s z do o k ale jako za by pro si jsou nebo není který tak od po když lze',
  ro: 'și în de la a nu este pe cu o un că să mai din pentru care sunt se sau fi dar ce este ai',
  hu: 'a az és hogy nem is egy van ez de meg csak ha mint már kell vagy volt amely azt lehet ki',
  fi: 'ja on ei että se en hän oli mutta tai kun ovat niin mitä voi myös tämä olla jos kuin sen joka',
  tr: 've bir bu için ile de da ne gibi daha çok var olan olarak en kadar ama ya değil mi sonra şu',
  id: 'yang dan di untuk dengan ini itu tidak dari ke pada adalah dalam akan bisa anda atau juga saya oleh karena',
  vi: 'và của là có không được cho một những trong với các này đã để người khi từ đến như tôi',
  ru: 'и в не на что я с он как это по но из у за то для от так же вы или если был есть чтобы',
  uk: 'і в не на що я з він як це по але у за то для від так та або якщо був є щоб ви цей',
  bg: 'и в не на че се за от да е по как но или той са това ще което има до със при',
  sr: 'и у не на да се за од је као али или су то што са који би сам за до',
  ar: 'في من على أن إلى هذا لا ما التي عن مع هو كان الذي هذه أو كل',
  fa: 'و در به از که این را با است برای آن یک می های شود تا کرد',
  ur: 'کے میں کی ہے اور سے کا کو پر نہیں یہ کہ ہیں تو نے بھی ایک',
};

/** By language. */
export const stopWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(STOP_WORDS).map(([language, words]) => [language, new Set(words.split(' '))]),
);

const all = new Set([...stopWords.values()].flatMap((words) => [...words]));

/** Whether a word says next to nothing, in whatever language. */
export const isStopWord = (word: string): boolean => all.has(word);
