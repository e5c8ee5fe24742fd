/**
 * Sentences by which vendors state something of a model, and what can be done to them: changes that take the statement
 * back, ask it, attribute it or make it of another thing, and changes that say the same in another way (CheckList, Ribeiro
 * et al. 2020). `NAME` stands for the model, a clause has its subject and no capital.
 */

const RELEASES = ['released', 'launched', 'introduced', 'rolled out', 'shipped'];
const PLACES = [
  'in the API',
  'in the Responses API',
  'in the Chat Completions API',
  'to all developers in the API',
];
const STATES = [
  'available',
  'now available',
  'generally available',
  'now generally available',
  'live',
];

/** 60 genuine clauses: 20 of a vendor's deed, 20 of a model's state, 20 of what a model does or undergoes. */
export const GENUINE: readonly string[] = [
  ...RELEASES.flatMap((verb) => PLACES.map((place) => `we ${verb} NAME ${place}`)),
  ...STATES.flatMap((state) =>
    PLACES.map(
      (place) =>
        `NAME is ${state} ${place.replace('to all developers in', 'to all developers in')}`,
    ),
  ),
  ...[
    'has been released',
    'has been launched',
    'has been added to the API',
    'has been made available',
    'is rolling out today',
  ].flatMap((verb) => PLACES.map((place) => `NAME ${verb} ${place}`)),
];

type Change = (clause: string) => string;

const about =
  (thing: string): Change =>
  (clause) =>
    sentence(clause.replace('NAME', thing));

/** Changes after which nothing may be taken from the sentence. */
export const TAKING_BACK: Readonly<Record<string, Change>> = {
  'denied as a whole': (clause) => `It is not true that ${clause}.`,
  'called false': (clause) => `Reports that ${clause} are false.`,
  'called a rumor': (clause) => `Rumors that ${clause} are wrong.`,
  'denied by the vendor': (clause) => `We deny that ${clause}.`,
  'never said': (clause) => `We never said that ${clause}.`,
  asked: (clause) => `Is it true that ${clause}?`,
  'asked by somebody': (clause) => `Someone asked whether ${clause}.`,
  'asked for its day': (clause) => `We do not know when ${clause}.`,
  'asked for its reason': (clause) => `Nobody knows why ${clause}.`,
  'under if': (clause) => `If ${clause}, we will say so here.`,
  'under unless': (clause) => `Unless ${clause}, nothing changes.`,
  'under once': (clause) => `Once ${clause}, you will see it here.`,
  'under until': (clause) => `Until ${clause}, use another model.`,
  'under when': (clause) => `When ${clause}, you will see it here.`,
  'under provided': (clause) => `Provided ${clause}, nothing else is needed.`,
  'if behind': (clause) => sentence(`${clause} if regulators agree`),
  considered: (clause) => `We are considering whether ${clause}.`,
  imagined: (clause) => `Imagine that ${clause}.`,
  'as a joke': (clause) => `As a joke, ${clause}.`,
  'in a simulation': (clause) => `In the simulation, ${clause}.`,
  'by mistake': (clause) => sentence(`${clause} by mistake`),
  'claimed by scammers': (clause) => `Scammers claim that ${clause}.`,
  'claimed by some': (clause) => `Some people believe ${clause}.`,
  alleged: (clause) => `The plaintiffs allege that ${clause}.`,
  reportedly: (clause) => sentence(`reportedly, ${clause}`),
  quoted: (clause) => `Acme wrote: "${sentence(clause)}"`,
  'quoted to be removed': (clause) => `Removed the line "${sentence(clause)}" from this page.`,
  'in an error message': (clause) => `Fixed a bug where messages said that ${clause}.`,
  'in a picture': (clause) => `A picture in which ${clause} proves nothing.`,
  'in a note': (clause) => `Added a note on whether ${clause}.`,
  'of fine-tuning': about('fine-tuning for NAME'),
  'of support': about('support for NAME'),
  'of a guide': about('a guide to NAME'),
  'of clones': about('NAME clones'),
  'of its mode': about("NAME's voice mode"),
  'of a waitlist': about('the NAME waitlist'),
  'of a playground': about('the NAME playground'),
  'of limits': about('new rate limits for NAME'),
  'of an update': about('an update to NAME'),
  'of nobody': (clause) => sentence(`${clause} to nobody`),
};

/** Changes after which the sentence states the same. */
export const KEEPING: Readonly<Record<string, Change>> = {
  plain: (clause) => sentence(clause),
  'with a day': (clause) => sentence(`today, ${clause}`),
  'with a start': (clause) => sentence(`starting today, ${clause}`),
  'with an apposition': (clause) =>
    sentence(clause.replace('NAME', 'NAME, our most capable model,')),
  'with its id in brackets': (clause) => sentence(clause.replace('NAME', 'NAME (NAME)')),
  'with a noun': (clause) => sentence(clause.replace('NAME', 'the NAME model')),
  'with an adjective': (clause) => sentence(clause.replace('NAME', 'the new NAME model')),
  'with another model': (clause) =>
    sentence(
      clause
        .replace('NAME is', 'NAME and gpt-5.4 are')
        .replace('NAME has', 'NAME and gpt-5.4 have')
        .replace(/NAME(?! and)/, 'NAME and gpt-5.4'),
    ),
  'with a purpose': (clause) => sentence(`${clause} for complex work`),
  'with a link': (clause) => `${sentence(clause)} See the guide for details.`,
  'behind another sentence': (clause) => `Here is what is new. ${sentence(clause)}`,
  'before another sentence': (clause) => `${sentence(clause)} It supports tool calling.`,
  announced: (clause) => `We're excited to announce that ${clause}.`,
  shared: (clause) => `We're happy to share that ${clause}.`,
  'with a comparison behind': (clause) => sentence(`${clause}, with better results than gpt-4o`),
  'with a semicolon': (clause) => sentence(`${clause}; prices are unchanged`),
  'with a dash': (clause) => sentence(`${clause} — our best model yet`),
  'with an exclamation': (clause) => sentence(clause).replace(/\.$/, '!'),
  'in a list': (clause) => `• ${sentence(clause)}`,
  officially: (clause) => sentence(`as of today, ${clause}`),
};

/** A clause as a sentence of its own. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
