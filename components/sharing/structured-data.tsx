/** What search engines read beside the page: a data block, which no browser runs. `json` holds no `<`, so that nothing in it can end it. */
export const StructuredData = ({ json }: { json: string }) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped by scriptJson; React would write &quot; into the JSON
  <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
);
