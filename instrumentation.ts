/** Called by Next once per process, before the first request. */
export const register = async (): Promise<void> => {
  // biome-ignore lint/style/noProcessEnv: Next replaces this very expression while building, and drops the rest for Edge.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWeb } = await import("#lib/web/start-web.ts");
  startWeb();
};
