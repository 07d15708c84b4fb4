/**
 * Where a play came from. `direct`: typed, a bookmark, or a site that does not tell; `search`, `playlist`, `related`
 * (another video's page) and `browse` (everything else): this site's own pages; `embed`: a player on another site;
 * `external`: a link on another site. The last two have a host.
 */
export const sourceKinds = ["direct", "search", "playlist", "related", "browse", "embed", "external"] as const;

/** See `sourceKinds`. */
type SourceKind = (typeof sourceKinds)[number];

/** A source, with the host of the other site where there is one. */
type Source = { kind: SourceKind; host: string | null };

/** The source that the sums call so (`search`, `external:example.org`); what is none counts as direct. */
export const sourceOfName = (name: string): Source => {
  const [word = "", ...host] = name.split(":");
  const kind = sourceKinds.find((candidate) => candidate === word) ?? "direct";
  return { kind, host: host.length === 0 ? null : host.join(":") };
};
