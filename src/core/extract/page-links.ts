/** A link of a page as an absolute address of the web; null when it leads nowhere else (`#top`, `mailto:`). */
export function absoluteLink(href: string, base: string): string | null {
  const address = href.trim();
  if (address === '' || address.startsWith('#') || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29');
}
