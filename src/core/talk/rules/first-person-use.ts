import { areHelpers } from '../context/closed-class-words.ts';
import { PLACES } from '../cues/cue-families.ts';
import type { Hit } from '../cues/lexicon.ts';
import type { Clause } from '../document/clause.ts';
import type { Scene } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** What people say of a model by what they do with it. `names` are where a clause names it or takes it up. */

/**
 * People or the vendor, any finite verb but one of thought or speech, and the model behind a preposition or the verb:
 * "I pointed my bot at gpt-image-2", "OpenAI updated ChatGPT to GPT-5.1".
 */
export function inUse(scene: Scene, clause: Clause, names: readonly Range[]): readonly Hit[] {
  const object = names.find(({ start }) => start > clause.start + 4);
  if (object === undefined || scene.hits.has(clause, 'mental', 'sight', 'nameless')) return [];
  const ahead = { start: clause.start, end: object.start };
  const [user] = scene.hits.within(ahead, 'recipient');
  const [vendor] = scene.hits.within(ahead, 'vendor');
  const [surface] = scene.hits.within(ahead, 'surface');
  const agent = user ?? surface ?? (hasPlaceOrUser(scene, clause) ? vendor : undefined);
  if (agent === undefined || !isOpening(scene, clause, agent)) return [];
  const between = scene.folded.slice(agent.end, object.start);
  if (!USES.test(between) || between.length > 90 || PURPOSE.test(between)) return [];
  if (/\b(?:no|not|nothing|never|none)\b/.test(between)) return [];
  return [{ family: 'access.past', start: agent.end, end: object.start }];
}

/** Verbs by which people have to do with a model they do not have. */
const APART =
  /^(?:want|need|await|expect|miss|lack|lov|lik|hat|prefer|call|nam|ask|request|demand|deserv|compar|test|doubt|confus|mistak|discuss|prais|rat|rank|ignor|distrust|mean|mention|describ|fear|watch|follow|cover|review|predict|believ|think|thought|say|said|know|knew|suspect|search|buy|sell|train|build|mak|develop|announc|den|reject|dislik|resembl|imagin|recommend|tr(?:y|ied) to)/;

/** People, one finite verb and the model, with where or since when: "accounts now meet it first, in ChatGPT". */
export function meetingIn(scene: Scene, clause: Clause, names: readonly Range[]): Hit | null {
  const [user] = scene.hits.within(clause, 'recipient');
  const object = names.find(({ start }) => user !== undefined && start > user.end);
  if (user === undefined || object === undefined || !isOpening(scene, clause, user)) return null;
  const between = scene.folded.slice(user.end, object.start);
  const [, verb] = MEETS.exec(between) ?? [];
  if (verb === undefined || APART.test(verb) || scene.hits.has(clause, 'mental')) return null;
  const behind = { start: object.end, end: clause.end };
  const isThere =
    scene.hits.has(behind, ...PLACES) || /\b(?:now|already|today|since)\b/.test(between);
  return isThere ? { family: 'access.now', start: user.end, end: object.start } : null;
}

/** "My first request to gpt-image-2 took eleven seconds": somebody's own use of a model. */
export function requestIn(scene: Scene, clause: Clause, names: readonly Range[]): Hit | null {
  const [name] = names;
  if (name === undefined || scene.hits.has(clause, 'venue', 'sight')) return null;
  const isOwn = REQUEST.test(scene.folded.slice(clause.start, name.start));
  return isOwn && ENDED.test(scene.folded.slice(name.end, clause.end))
    ? { family: 'access.past', start: name.end, end: name.end }
    : null;
}

const REQUEST =
  /\b(?:my|our|his|her|their|the) (?:\w+ ){0,3}?(?:requests?|calls?|prompts?|runs?|pictures?|images?|renders?|generations?|drafts?|sessions?|chats?) (?:to|with|on|from|through|via|by|against) (?:the )?["'(]?$/;
const ENDED =
  /^["')]* (?:\w+ )?(?:took|came|comes|went|goes|returned|returns|gave|gives|got|gets|cost|costs|was|were|worked|works|finished|passed|produced|looked|showed|ran|landed|arrived|succeeded)\b/;

const MEETS =
  /^(?: (?:now|already|also|finally|still|all|both|then|first|today|currently|\w+ly|has|have|had))* (\w+)(?: (?:up|into|hold of|access to|the|a|an|new|its|their|with|upon|out))* ["'(]?$/;

/** A past or present verb, and what leads from it to the model. */
const USES =
  /\b(?:\w+ed|\w+s|made|ran|run|built|drew|got|sent|put|brought|gave|took|switched|now \w+|use|using|talk|work|works|draw|make|build|have|has|had|keeps? \w+ing|kept \w+ing|were \w+ing|was \w+ing|is \w+ing|are \w+ing)\b.*?(?:\b(?:with|at|to|through|using|via|on|for|in)(?: (?:the|a|an|new|both|openai's))*|\bto) ["'(]?$/;
/** What is wanted or done about a model, and not with it. */
const PURPOSE =
  /\b(?:want|need|plan|plans|try|hope|able|access|like|similar|compare[ds]?|next|close|according|due|thanks|guide|reference|rumou?rs?|question|questions|prices?|alternatives?|successor|respect|attention|answer|key|name|about|train|trained|training|tests?|tested|testing|working on|preparing|prepared|prepares|planned)\b/;

function hasPlaceOrUser(scene: Scene, clause: Clause): boolean {
  return scene.hits.has(clause, 'recipient', ...PLACES);
}

const PLANS = /\b(?:free|plus|pro|go|team|business|enterprise|edu|education)\b/g;

/** Whether somebody stands where a clause names its subject: first, or behind a phrase of time. */
function isOpening(scene: Scene, clause: Clause, agent: Range): boolean {
  const before = scene.folded.slice(clause.start, agent.start).replaceAll(PLANS, ' ');
  return (
    before.trim().length < 30 &&
    (areHelpers(before) ||
      /^(?:on|in|within|since|by|last|this|today|yesterday|all of|most of)\b/.test(before))
  );
}
