/** The help pages of the shop that the assistant works for. */
export interface HelpPage {
  id: string;
  title: string;
  content: string;
}

export const helpPages: readonly HelpPage[] = [
  {
    id: 'returns',
    title: 'Returns and refunds',
    content:
      'You may return unused goods within 60 days, with or without a reason. The refund goes to the way you paid, within five days after the parcel is back with us.',
  },
  {
    id: 'shipping',
    title: 'Shipping and delivery',
    content:
      'Parcels leave our warehouse on the next working day. Shipping costs 4.90 within Europe and is free from 80; delivery takes two to four days.',
  },
  {
    id: 'exchange',
    title: 'Exchange of sizes',
    content:
      'The wrong size is exchanged for free: order the right one, and send the other back with the label from the first parcel.',
  },
  {
    id: 'warranty',
    title: 'Warranty',
    content:
      'Tents, packs and stoves have a warranty of five years against faults of material and making. Wear and tear is not covered.',
  },
  {
    id: 'repairs',
    title: 'Repair workshop',
    content:
      'We repair zips, poles and seams of everything that we ever sold. Most repairs cost between 10 and 40 and take a week.',
  },
  {
    id: 'tent-care',
    title: 'Care of tents',
    content:
      'Dry a tent before you store it, never wash it by machine, and treat the fabric with silicone spray once a year.',
  },
  {
    id: 'down-care',
    title: 'Washing down jackets',
    content:
      'Wash down at 30 degrees with down detergent, and tumble it dry with two tennis balls until nothing clumps.',
  },
  {
    id: 'gift-cards',
    title: 'Gift cards',
    content: 'Gift cards are valid for ten years and can be used in parts, in the shop and online.',
  },
  {
    id: 'payment',
    title: 'Ways to pay',
    content: 'We take cards, bank transfer and invoice. An invoice is due after 30 days.',
  },
  {
    id: 'membership',
    title: 'Membership',
    content: 'Members get five percent of what they spend back as credit in January, and may borrow one tent a year.',
  },
  {
    id: 'sizes',
    title: 'How to find your size',
    content:
      'Measure chest and waist over a shirt. Between two sizes, take the larger one for jackets with layers under them.',
  },
  {
    id: 'hours',
    title: 'Opening hours',
    content:
      'The shop at the harbour is open from Monday to Saturday, 10 to 18, and on the first Sunday of each month.',
  },
];
