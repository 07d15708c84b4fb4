"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Select } from "#components/ui/select.tsx";
import { useStudio } from "./studio-context.tsx";
import { useUploadChannel } from "./use-upload-channel.ts";
import type { VideoListQuery } from "./video-list.ts";

/** No handle is like it. */
const all = "*";

const Labelled = (props: {
  label: string;
  value: string;
  options: readonly { value: string; label: string; description?: string }[];
  onChange: (value: string) => void;
}) => {
  const id = useId();
  return (
    <div className="flex min-w-0 items-center gap-2">
      <span id={id} aria-hidden className="shrink-0 text-13 text-muted">
        {props.label}
      </span>
      <Select {...props} className="min-w-0 max-w-72" />
    </div>
  );
};

/**
 * For those who work on several channels: whose videos are shown, and into which channel new files go. Choosing a channel to
 * look at chooses it for uploads too. `onQuery` is absent while there is nothing to choose from.
 */
export const ChannelBar = (props: {
  query: VideoListQuery;
  onQuery: ((query: VideoListQuery) => void) | undefined;
}) => {
  const { query, onQuery } = props;
  const t = useTranslations("studio.channels");
  const { channels } = useStudio();
  const { channelId, choose } = useUploadChannel();
  if (channels.length < 2) return null;
  const show = (value: string) => {
    const shown = channels.find(({ handle }) => handle === value);
    if (shown !== undefined) choose(shown.id);
    onQuery?.({ ...query, channel: shown?.handle ?? "" });
  };
  const named = channels.map(({ name, handle }) => ({ value: handle, label: name, description: `@${handle}` }));
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      {onQuery === undefined ? null : (
        <Labelled
          label={t("show")}
          value={query.channel === "" ? all : query.channel}
          options={[{ value: all, label: t("all") }, ...named]}
          onChange={show}
        />
      )}
      <Labelled
        label={t("uploadTo")}
        value={channelId}
        options={channels.map(({ id, name, handle }) => ({ value: id, label: name, description: `@${handle}` }))}
        onChange={choose}
      />
    </div>
  );
};
