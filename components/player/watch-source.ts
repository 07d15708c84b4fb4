import type { WatchReport } from "#lib/analytics/dto.ts";

/** What a page knows of how one came to it. */
export type Arrival = {
  /** Its own address. */
  address: string;
  /** The page of this site that was shown before it in this tab, or null. */
  previous: string | null;
  /** `document.referrer`: empty where nobody tells. */
  referrer: string;
  /** Whether it stands in a frame. */
  framed: boolean;
};

const ownKinds: readonly (readonly [RegExp, WatchReport["source"]["kind"]])[] = [
  [/^\/search(\/|$)/, "search"],
  [/^\/playlists?(\/|$)/, "playlist"],
  [/^\/(watch|embed)\//, "related"],
];

/** Hosts as the API takes them; what is longer or stranger is told as none. */
const hostOf = (url: URL): string | null =>
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/.test(url.host) ? url.host : null;

/** Where a play came from: this site's own pages by kind, other sites by host, never more of their address. */
export const sourceOf = ({ address, previous, referrer, framed }: Arrival): WatchReport["source"] => {
  const here = new URL(address);
  const from = URL.parse(referrer);
  const other = from !== null && from.origin !== here.origin && from.protocol.startsWith("http") ? hostOf(from) : null;
  if (framed || here.pathname.startsWith("/embed/")) return { kind: "embed", host: other };
  if (here.searchParams.has("list")) return { kind: "playlist", host: null };
  const own = URL.parse(previous ?? referrer);
  if (own !== null && own.origin === here.origin) {
    return { kind: ownKinds.find(([path]) => path.test(own.pathname))?.[1] ?? "browse", host: null };
  }
  return other === null ? { kind: "direct", host: null } : { kind: "external", host: other };
};

/** How one came to this page. Browsers without the Navigation API tell only of whole page loads. */
export const currentArrival = (): Arrival => {
  const navigation = "navigation" in window ? window.navigation : null;
  const index = navigation?.currentEntry?.index ?? 0;
  const previous = index > 0 ? (navigation?.entries()[index - 1]?.url ?? null) : null;
  return { address: location.href, previous, referrer: document.referrer, framed: window.top !== window.self };
};
