import { expect } from '@open-wc/testing';
import { judged } from '../../test/evaluation.js';
import { answerLanguage, languageOf } from './index.js';

describe('answerLanguage', () => {
  const TEXTS: Readonly<Record<string, string>> = {
    en: 'Your parcel is at customs and it will be released when the duty has been paid by you.',
    de: 'Ihr Paket ist beim Zoll und wird freigegeben, sobald die Gebühren von Ihnen bezahlt sind.',
    fr: 'Votre colis est à la douane et il sera libéré dès que vous aurez payé les frais.',
    es: 'Su paquete está en la aduana y se entregará cuando usted pague los derechos de importación.',
    it: 'Il suo pacco è alla dogana e non sarà consegnato se i dazi non sono pagati da lei.',
    pt: 'A sua encomenda está na alfândega e não será entregue se os direitos não forem pagos por você.',
    nl: 'Uw pakket is bij de douane en wordt niet vrijgegeven als u de kosten niet betaalt aan de koerier.',
    pl: 'Paczka jest w urzędzie celnym i nie zostanie wydana, jeśli opłata nie została zapłacona przez Panią.',
    tr: 'Paketiniz gümrükte ve bu ücret ödenene kadar size teslim edilmeyecek ama daha sonra gönderilecek.',
    vi: 'Kiện hàng của bạn đang ở hải quan và không được giao cho đến khi phí đã được trả.',
    ru: 'Ваша посылка находится на таможне, и она не будет выдана, если вы не заплатите пошлину.',
    uk: 'Ваша посилка на митниці, і її не буде видано, якщо ви не сплатите мито за це.',
    ja: 'お荷物は税関にあります。関税をお支払いいただくと配達されます。',
    zh: '您的包裹在海关，缴纳关税后会放行。',
    ko: '소포는 세관에 있으며 관세를 납부하면 배송됩니다.',
    ar: 'الطرد موجود في الجمارك وسيتم تسليمه بعد أن تدفع الرسوم على هذا الطرد.',
    el: 'Το δέμα σας βρίσκεται στο τελωνείο.',
    hi: 'आपका पार्सल सीमा शुल्क में है।',
  };

  for (const [language, text] of Object.entries(TEXTS)) {
    it(`tells ${language}`, () => {
      expect(languageOf(text)).to.equal(language);
    });
  }

  it('compares with the question, or with what is wanted', async () => {
    const asked = (answer: string, question: string) => judged(answerLanguage(), answer, { question });
    expect(await asked(TEXTS['de']!, TEXTS['de']!)).to.deep.include({ value: 1, explanation: 'In de; de asked' });
    expect((await asked(TEXTS['en']!, TEXTS['de']!))!.value).to.equal(0);
    expect((await judged(answerLanguage({ language: 'de-AT' }), TEXTS['de']!))!.value).to.equal(1);
  });

  it('does not guess short texts, code, or languages that it does not know', () => {
    for (const text of [
      'Paris.',
      '',
      '4711',
      '```js\nthe and of to is in that it\n```',
      'Mae eich parsel yn y tollau.',
    ]) {
      expect(languageOf(text)).to.equal(undefined);
    }
  });
});
