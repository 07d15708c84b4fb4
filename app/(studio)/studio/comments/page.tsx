import { MessageSquare } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AnalyticsPage } from "#components/analytics/analytics-page.tsx";
import { CommentQueue } from "#components/comments/comment-queue.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import type { ChannelCommentPageDto } from "#lib/comments/dto.ts";
import { readChannelComments } from "#lib/comments/read-channel-comments.ts";
import { AppError } from "#lib/errors.ts";
import { creatorGate } from "../creator-gate.tsx";

type Search = Record<string, string | string[] | undefined>;
type Asked = { handle: string; state: "held" | "shown"; cursor?: string | undefined };

const path = "/studio/comments";
const one = (value: Search[string]) => (Array.isArray(value) ? value[0] : value);
const hrefOf = ({ handle, state, cursor }: Asked) =>
  `${path}?${new URLSearchParams({ channel: handle, state, ...(cursor === undefined ? {} : { cursor }) })}`;
const tab =
  "flex h-9 max-w-60 items-center rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("comment-queue");
  return { title: t("title"), robots: { index: false } };
};

/** A page of the list; an address with a cursor that is not ours leads to its beginning. */
const read = (viewer: Account, asked: Asked): Promise<ChannelCommentPageDto> =>
  readChannelComments({
    ...{ viewer, handle: asked.handle },
    query: { state: asked.state, cursor: asked.cursor, limit: 30 },
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "invalid_input") redirect(hrefOf({ ...asked, cursor: undefined }));
    throw error;
  });

const Tabs = async ({ asked, channels }: { asked: Asked; channels: readonly { handle: string; name: string }[] }) => {
  const t = await getTranslations("comment-queue");
  const { handle, state } = asked;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2">
      <nav aria-label={t("views")} className="flex flex-wrap gap-1">
        {(["held", "shown"] as const).map((view) => (
          <Link
            key={view}
            href={hrefOf({ handle, state: view })}
            aria-current={view === state ? "true" : undefined}
            className={tab}
          >
            {t(view)}
          </Link>
        ))}
      </nav>
      {channels.length < 2 ? null : (
        <nav aria-label={t("channels")} className="flex flex-wrap gap-1">
          {channels.map((channel) => (
            <Link
              key={channel.handle}
              href={hrefOf({ handle: channel.handle, state })}
              aria-current={channel.handle === handle ? "true" : undefined}
              className={tab}
            >
              <span className="truncate">{channel.name}</span>
            </Link>
          ))}
        </nav>
      )}
    </div>
  );
};

const Queue = async ({ viewer, asked }: { viewer: Account; asked: Asked }) => {
  const [{ items, nextCursor }, t] = await Promise.all([read(viewer, asked), getTranslations("comment-queue")]);
  if (items.length === 0) {
    const held = asked.state === "held";
    return (
      <EmptyState
        icon={<MessageSquare strokeWidth={1.5} />}
        title={t(held ? "emptyHeld" : "emptyShown")}
        text={t(held ? "emptyHeldText" : "emptyShownText")}
      />
    );
  }
  return (
    <div>
      <CommentQueue key={hrefOf(asked)} first={items} />
      {nextCursor === null ? null : (
        <Link href={hrefOf({ ...asked, cursor: nextCursor })} className={`${buttonClass()} mt-6 w-fit`}>
          {t("older")}
        </Link>
      )}
    </div>
  );
};

/** What people say under all videos of a channel: what waits first. The named channel of the caller's, else the first. */
export default async function CommentQueuePage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  return creatorGate({
    address: path,
    draw: async (viewer) => {
      const [{ items: channels }, t] = await Promise.all([listOwnChannels(viewer), getTranslations("comment-queue")]);
      const shown = channels.find(({ handle }) => handle === search.channel) ?? channels[0];
      if (shown === undefined) return <EmptyState heading="h1" title={t("noChannel")} text={t("noChannelText")} />;
      const state = search.state === "shown" ? ("shown" as const) : ("held" as const);
      const asked = { handle: shown.handle, state, cursor: one(search.cursor) };
      return (
        <AnalyticsPage
          back={{ href: "/studio", label: t("toStudio") }}
          title={channels.length < 2 ? t("title") : t("titleOf", { channel: shown.name })}
          text={t("text")}
          bar={null}
        >
          <Tabs asked={asked} channels={channels} />
          <Queue viewer={viewer} asked={asked} />
        </AnalyticsPage>
      );
    },
  });
}
