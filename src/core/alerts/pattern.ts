/**
 * Whether a text fits a pattern in which `*` stands for any run of characters, case aside. Goes back to the last star
 * only, so its cost is bounded by the product of the lengths whatever the pattern.
 */
export function fits(text: string, pattern: string): boolean {
  const given = text.toLowerCase();
  const wanted = pattern.toLowerCase();
  let read = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (read < given.length) {
    if (wanted[at] === '*') {
      star = at;
      resume = read;
      at += 1;
    } else if (at < wanted.length && wanted[at] === given[read]) {
      at += 1;
      read += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      read = resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}
