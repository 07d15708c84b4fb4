import type { VideoDto, VideoPatch, Visibility } from "#lib/videos/dto.ts";

/** What the editor's form holds. */
export type VideoForm = {
  title: string;
  description: string;
  tags: readonly string[];
  category: VideoDto["category"];
  /** A language tag; null: nobody said. */
  language: string | null;
  visibility: Visibility;
  channelId: string;
};

/** Longest texts, as the server takes them. */
export const limits = { title: 200, description: 10_000 } as const;

/** What is wrong with a field. */
export type FormFault = "titleMissing" | "titleTooLong" | "descriptionTooLong";

/** The form as the server's video fills it. */
export const formOf = (video: VideoDto): VideoForm => {
  const { title, description, tags, category, language, visibility, channel } = video;
  return { title, description, tags, category, language, visibility, channelId: channel.id };
};

const sameTags = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((tag, index) => tag === b[index]);

/**
 * What differs from the state the form began with, and nothing else: a field that was not touched here keeps whatever was
 * meanwhile saved elsewhere.
 */
export const patchOf = ({ base, form }: { base: VideoForm; form: VideoForm }): VideoPatch => ({
  ...(form.title.trim() === base.title ? {} : { title: form.title.trim() }),
  ...(form.description === base.description ? {} : { description: form.description }),
  ...(sameTags(form.tags, base.tags) ? {} : { tags: [...form.tags] }),
  ...(form.category === base.category ? {} : { category: form.category }),
  ...(form.language === base.language ? {} : { language: form.language }),
  ...(form.visibility === base.visibility ? {} : { visibility: form.visibility }),
  ...(form.channelId === base.channelId ? {} : { channelId: form.channelId }),
});

/** Whether a patch changes anything. */
export const isEmptyPatch = (patch: VideoPatch): boolean => Object.keys(patch).length === 0;

/** Faults that the browser can tell without asking. */
export const faultsOf = ({ title, description }: VideoForm): { title?: FormFault; description?: FormFault } => ({
  ...(title.trim() === "" ? { title: "titleMissing" as const } : {}),
  ...(title.trim().length > limits.title ? { title: "titleTooLong" as const } : {}),
  ...(description.length > limits.description ? { description: "descriptionTooLong" as const } : {}),
});

/** Tags that were changed here, with those that were added elsewhere meanwhile: they would be lost with the next saving. */
const joinedTags = ({ base, form, news }: Record<"base" | "form" | "news", VideoForm>): readonly string[] => {
  const added = news.tags.filter((tag) => !base.tags.includes(tag) && !form.tags.includes(tag));
  return [...form.tags, ...added];
};

/**
 * Takes what was saved elsewhere into a form that is being edited: fields not touched here follow, touched ones stay. Returns
 * the same form when nothing changed.
 */
export const rebased = ({
  base,
  form,
  video,
}: {
  base: VideoForm;
  form: VideoForm;
  video: VideoDto;
}): { base: VideoForm; form: VideoForm } => {
  const news = formOf(video);
  if (isEmptyPatch(patchOf({ base, form: news }))) return { base, form };
  const touched = patchOf({ base, form });
  return {
    base: news,
    form: {
      title: touched.title === undefined ? news.title : form.title,
      description: touched.description === undefined ? news.description : form.description,
      tags: touched.tags === undefined ? news.tags : joinedTags({ base, form, news }),
      category: touched.category === undefined ? news.category : form.category,
      language: touched.language === undefined ? news.language : form.language,
      visibility: touched.visibility === undefined ? news.visibility : form.visibility,
      channelId: touched.channelId === undefined ? news.channelId : form.channelId,
    },
  };
};
