/**
 * Where to go after signing in: `next` when it is a path of this site, else the home page. A whole address, or one that
 * begins with two slashes, would let a link send people elsewhere.
 */
export const nextAddress = (next: string | string[] | undefined): string => {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const base = "http://site.invalid";
  const url = URL.parse(next, base);
  // Once its dots are resolved, "/.//elsewhere" too begins with two slashes.
  if (url === null || url.origin !== base || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
};
