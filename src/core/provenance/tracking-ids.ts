/** Ids under which a site counts its visits or sells advertising space, as the services write them. */
const IDS =
  /\bG-[A-Z0-9]{8,12}\b|\bUA-\d{4,10}(?=-\d)|\bGTM-[A-Z0-9]{5,9}\b|\bca-pub-\d{10,20}\b|\bAW-\d{8,12}\b/g;

/** Calls that set such an id, with the service it belongs to. */
const CALLS: readonly (readonly [string, RegExp])[] = [
  ['fb', /\bfbq\(\s*['"]init['"]\s*,\s*['"](\d{10,20})['"]/g],
  ['ym', /\bym\(\s*(\d{5,10})\s*,\s*['"]init['"]/g],
  ['hj', /\bhjid\s*[:=]\s*(\d{5,10})/g],
  ['clarity', /clarity\.ms\/tag\/(\w{6,14})/g],
];

/** A script longer than this is the application, not the snippet that sets an id. */
const LONGEST = 20_000;

/** The ids in the source or the address of a script. */
export function ownerIdsIn(script: string): readonly string[] {
  const source = script.slice(0, LONGEST);
  const ids: string[] = source.match(IDS) ?? [];
  for (const [service, pattern] of CALLS) {
    for (const [, id] of source.matchAll(pattern)) ids.push(`${service}-${id}`);
  }
  return ids;
}
