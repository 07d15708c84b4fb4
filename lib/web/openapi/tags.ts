/** Areas of the API in the order in which they are told; the first whose pattern fits an address has it. */
const areas = [
  { name: "Signing in", pattern: /^\/api\/(v1\/)?auth\//, description: "Accounts and access tokens." },
  { name: "Tokens", pattern: /^\/api\/v1\/me\/tokens/, description: "API tokens with scopes, for programs." },
  {
    name: "Notifications",
    pattern: /^\/api\/v1\/(me\/(notices|notifications)|notifications|unsubscribe)/,
    description: "What is told to an account, and how.",
  },
  {
    name: "Webhooks",
    pattern: /^\/api\/v1\/(me\/|channels\/\{\w+\}\/)?webhooks/,
    description: "Events that are sent to an address of yours.",
  },
  { name: "Usage", pattern: /^\/api\/v1\/(me|videos\/\{\w+\})\/usage/, description: "What is stored and delivered." },
  {
    name: "Library",
    pattern:
      /^\/api\/v1\/(me\/(likes|subscriptions|feed|playlists|watch-later|history)|playlists|videos\/\{\w+\}\/(like|watch-progress)$|channels\/\{\w+\}\/(subscription|playlists)$)/,
    description: "Likes, subscriptions, playlists, what to watch later, and history.",
  },
  {
    name: "Comments",
    pattern: /^\/api\/v1\/(comments|videos\/\{\w+\}\/comments|channels\/\{\w+\}\/hidden-people)/,
    description: "What people write under videos, and how channels moderate it.",
  },
  { name: "Account", pattern: /^\/api\/v1\/(me|account)/, description: "The caller's own account." },
  { name: "Uploads", pattern: /^\/api\/v1\/uploads/, description: "Resumable uploads by tus 1.0.0." },
  {
    name: "Captions and chapters",
    pattern: /^\/api\/v1\/videos\/\{\w+\}\/(captions|chapters)/,
    description: "Texts along a video.",
  },
  {
    name: "Posters and watermarks",
    pattern: /^\/api\/v1\/(videos\/\{\w+\}\/(poster|watermark)|watermarks)/,
    description: "Stills of a video, and marks burned into its picture.",
  },
  { name: "Sound files", pattern: /^\/api\/v1\/videos\/\{\w+\}\/audio/, description: "The sound of a video as MP3." },
  {
    name: "Analytics",
    pattern: /^\/api\/v1\/(videos|channels)\/\{\w+\}\/(analytics|views|watch-session)/,
    description: "What players report, and how videos and channels are watched.",
  },
  {
    name: "Sharing",
    pattern:
      /^(\/api\/v1\/(videos|channels)\/\{\w+\}\/(sharing|playback-tokens)|\/oembed$|\/sitemap|\/robots\.txt$|\/audio\/|\/\{handle\}\/)/,
    description: "Who may embed and watch, and what other sites, readers and search engines are told.",
  },
  {
    name: "Search",
    pattern: /^\/api\/v1\/(search|videos\/\{\w+\}\/related)/,
    description: "Finding videos by words, filters and likeness.",
  },
  { name: "Videos", pattern: /^\/api\/v1\/(videos|assets)/, description: "Videos and their stored files." },
  { name: "Channels", pattern: /^\/api\/v1\/(channels|invitations)/, description: "Channels and who works on them." },
  { name: "Administration", pattern: /^\/api\/v1\/admin/, description: "For admins." },
  { name: "Site", pattern: /^\//, description: "Delivery, keys, and what watches over the site; at its root." },
] as const;

/** The area of an address. */
export const tagOf = (path: string): string => areas.find(({ pattern }) => pattern.test(path))?.name ?? "Site";

/** All areas with what they are about. */
export const tags: readonly { name: string; description: string }[] = areas.map(({ name, description }) => ({
  name,
  description,
}));
