/** The rules of a robots.txt for one program (RFC 9309). */
export interface RobotsRules {
  /** The line of the rule that forbids an address, counted from 1; null when it may be read. */
  forbids(url: URL): number | null;
  /** The pause that is asked for between two requests, in seconds; null for none. */
  crawlDelay: number | null;
}

interface Rule {
  allow: boolean;
  /** The literal parts between the `*` of its pattern. */
  parts: readonly string[];
  /** The pattern ends with `$`. */
  anchored: boolean;
  /** How specific it is: the longest pattern that matches decides. */
  length: number;
  line: number;
}

interface Group {
  agents: Set<string>;
  rules: Rule[];
  crawlDelay: number | null;
}

/**
 * Longer addresses are matched by their beginning, by less of it the more rules there are, so that the cost of all rules
 * together is bounded: characters, and characters times rules.
 */
const LONGEST_PATH = 4096;
const SHORTEST_PATH = 200;
const MOST_WORK = 3_000_000;
/** More rules than this, of one program, are not read. */
const MOST_RULES = 20_000;

/**
 * Reads a robots.txt for a program by its product token. Patterns are matched part by part, each at the first place
 * where it fits: that is right for patterns of `*` and a final `$`, and takes linear time where a regular expression
 * tries every way to share out the address among the stars.
 */
export function robotsRules(text: string, agent: string): RobotsRules {
  const product = (/^[a-z_-]+/i.exec(agent)?.[0] ?? agent).toLowerCase();
  const groups = groupsIn(text);
  const own = groups.filter(({ agents }) => agents.has(product));
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.has('*'));
  const rules = chosen.flatMap((group) => group.rules).slice(0, MOST_RULES);
  const share = Math.floor(MOST_WORK / Math.max(1, rules.length));
  const longest = Math.min(LONGEST_PATH, Math.max(SHORTEST_PATH, share));
  return {
    crawlDelay: chosen.find((group) => group.crawlDelay !== null)?.crawlDelay ?? null,
    forbids(url) {
      if (url.pathname === '/robots.txt') return null;
      const path = normal(`${url.pathname}${url.search}`).slice(0, longest);
      const found = decidingRule(rules, path);
      return found === null || found.allow ? null : found.line;
    },
  };
}

/** The longest rule that matches; of two as long, the one that allows. */
function decidingRule(rules: readonly Rule[], path: string): Rule | null {
  let best: Rule | null = null;
  for (const rule of rules) {
    const decides =
      best === null || rule.length > best.length || (rule.length === best.length && rule.allow);
    if (decides && matches(rule, path)) best = rule;
  }
  return best;
}

function matches({ parts, anchored }: Rule, path: string): boolean {
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  const last = anchored ? rest.pop() : undefined;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!anchored) return true;
  return last === undefined ? at === path.length : endsAfter(path, last, at);
}

function endsAfter(path: string, end: string, from: number): boolean {
  return path.length - end.length >= from && path.endsWith(end);
}

function groupsIn(text: string): readonly Group[] {
  const groups: Group[] = [];
  let current: Group | null = null;
  let isNaming = false;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const { key, value } = fieldOf(raw);
    if (key === 'user-agent') {
      if (!isNaming || current === null) {
        current = { agents: new Set(), rules: [], crawlDelay: null };
        groups.push(current);
      }
      current.agents.add(productOf(value));
      isNaming = true;
    } else if (current !== null && RULE_KEYS.has(key)) {
      isNaming = false;
      addRule(current, key, value, index + 1);
    }
  }
  return groups;
}

const RULE_KEYS: ReadonlySet<string> = new Set(['allow', 'disallow', 'crawl-delay']);

function fieldOf(raw: string): { key: string; value: string } {
  const hash = raw.indexOf('#');
  const line = hash === -1 ? raw : raw.slice(0, hash);
  const colon = line.indexOf(':');
  const key = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
  return { key, value: line.slice(colon + 1).trim() };
}

/** `firsthand/1.0` names the same program as `firsthand`. */
function productOf(value: string): string {
  return value === '*' ? '*' : (/^[a-z_-]+/i.exec(value)?.[0] ?? value).toLowerCase();
}

function addRule(group: Group, key: string, value: string, line: number): void {
  if (key === 'crawl-delay') {
    const seconds = Number(value);
    if (value !== '' && seconds >= 0) group.crawlDelay ??= seconds;
    return;
  }
  // An empty rule says nothing, and one that begins elsewhere than at the root matches nothing.
  if (!/^[/*]/.test(value)) return;
  const anchored = value.endsWith('$');
  const pattern = normal(anchored ? value.slice(0, -1) : value);
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.at(-1);
  const parts = [first, ...rest.filter((part, at) => part !== '' || at === rest.length - 1)];
  if (last === '' && !anchored) parts.pop();
  group.rules.push({ allow: key === 'allow', parts, anchored, length: pattern.length, line });
}

/** `%7E` and `~` are the same (RFC 9309 2.2.2); what is reserved or no text stays escaped, in capitals. */
function normal(path: string): string {
  return path.replace(/%[0-9a-f]{2}|[^!-~]+/gi, (part) => {
    if (!part.startsWith('%')) return encodeURI(part);
    const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : part.toUpperCase();
  });
}
