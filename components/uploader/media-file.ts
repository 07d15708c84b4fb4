/** Why a chosen file is not taken at all; `no_quota` and `no_day` when it does not fit what the account may store or send today. */
export type FileRefusal = "empty" | "not_media" | "duplicate" | "no_quota" | "no_day";

const mediaEndings = new Set(
  (
    "3g2 3gp aac aif aiff amr asf avi caf dv f4v flac flv gxf m2t m2ts m2v m4a m4b m4v mk3d mka mkv mov mp2 mp3 mp4 mpe mpeg mpg mts " +
    "mxf nut oga ogg ogm ogv opus qt rm rmvb ts vob wav weba webm wma wmv wtv y4m"
  ).split(" "),
);

const endingOf = (name: string) => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/**
 * Whether a file may hold picture or sound, judged by its declared type and its ending. Only what is surely something else is
 * refused: browsers leave the type of many containers empty, and the server looks inside anyway.
 */
export const mayBeMedia = ({ name, type }: { name: string; type: string }): boolean => {
  if (type === "" || type === "application/octet-stream") return !name.includes(".") || !knownOther.has(endingOf(name));
  return (
    /^(video|audio)\//.test(type) ||
    type === "application/mxf" ||
    type === "application/ogg" ||
    mediaEndings.has(endingOf(name))
  );
};

const knownOther = new Set(
  "txt md pdf doc docx xls xlsx ppt pptx zip rar 7z gz tar exe dmg iso html css js json xml csv srt vtt jpg jpeg png gif webp heic".split(
    " ",
  ),
);

/** Title for a new video: the file's name without its ending, with underscores as spaces. At most 200 characters, as the server takes. */
export const titleFromFilename = (name: string): string => {
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 && mediaEndings.has(endingOf(name)) ? name.slice(0, dot) : name;
  const spaced = stem.replace(/_+/g, " ").replace(/\s+/g, " ").trim();
  return (spaced === "" ? name : spaced).slice(0, 200);
};

/** Tells the same file again, also after the tab was closed: name, size in bytes, time of its last change. */
export const fingerprintOf = (file: Pick<File, "name" | "size" | "lastModified">): string =>
  `${file.name}|${file.size}|${file.lastModified}`;
