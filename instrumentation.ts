/** Called by Next once per process, before the first request. */
export const register = async (): Promise<void> => {
  const { startWeb } = await import("#lib/web/start-web.ts");
  startWeb();
};
