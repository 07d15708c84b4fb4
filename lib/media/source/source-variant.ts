/** Name of the source's own picture, and how those of its sounds begin that go with no other picture. */
const sourceFolder = /^source(-[^/]*)?\//;

const ownGroup = /GROUP-ID="source"/;
const addressOf = (line: string): string => /URI="([^"]*)"/.exec(line)?.[1] ?? "";

/** Whether a path below a run's prefix belongs to the source's own picture, or to a sound that only goes with it. */
export const isOfSource = (path: string): boolean => sourceFolder.test(path);

/** A multivariant playlist without the source's variant, its key frames and its own sounds. */
export const withoutSource = (multivariant: string): string => {
  const lines = multivariant.split("\n");
  return lines
    .filter((line, index) => {
      if (line.startsWith("#EXT-X-STREAM-INF:")) return !isOfSource(lines[index + 1] ?? "");
      if (line.startsWith("#EXT-X-I-FRAME-STREAM-INF:")) return !isOfSource(addressOf(line));
      if (line.startsWith("#EXT-X-MEDIA:TYPE=AUDIO")) return !ownGroup.test(line);
      return line.startsWith("#") || !isOfSource(line);
    })
    .join("\n");
};
