const percent = String.raw`(?:100|\d{1,2})(?:\.\d{1,6})?%`;

/** What each setting may say (WebVTT section 4.4). Regions are not kept, so no cue can name one. */
const forms = {
  vertical: /^(?:rl|lr)$/,
  line: new RegExp(`^(?:-?\\d{1,4}|${percent})(?:,(?:start|center|end))?$`),
  position: new RegExp(`^${percent}(?:,(?:line-left|center|line-right))?$`),
  size: new RegExp(`^${percent}$`),
  align: /^(?:start|center|end|left|right)$/,
} as const;

const isForm = (name: string): name is keyof typeof forms => Object.hasOwn(forms, name);

/** Longest settings that are read, far beyond all five of them. */
const maxLength = 300;

/** The settings of a cue in one form: known ones that are well-formed, each once. Empty when there are none. */
export const cueSettings = (text: string): string => {
  const kept = new Map<string, string>();
  for (const part of text.slice(0, maxLength).split(/[ \t]+/)) {
    const [name = "", value = ""] = part.split(":", 2);
    if (isForm(name) && !kept.has(name) && part === `${name}:${value}` && forms[name].test(value)) kept.set(name, part);
  }
  return [...kept.values()].join(" ");
};
