/** The playback token in the address of the page that is open: whoever watches by one asks the API with it too. */
export const pageToken = (): string | undefined => new URLSearchParams(location.search).get("token") ?? undefined;
