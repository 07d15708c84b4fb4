import Link from "next/link";
import { useTranslations } from "next-intl";
import { AdminRow, AdminTable, Cell, RowHead } from "#components/admin/admin-table.tsx";
import { type MarkTone, StateMark } from "#components/admin/state-mark.tsx";
import { useSize } from "#components/admin/use-size.ts";
import { VideoActions } from "#components/admin/video-actions.tsx";
import { When } from "#components/admin/when.tsx";
import type { AdminVideoLine } from "#lib/admin/dto.ts";

const toneOf: Record<AdminVideoLine["status"], MarkTone> = {
  uploading: "quiet",
  processing: "quiet",
  ready: "good",
  failed: "bad",
};

const VideoState = ({ video }: { video: AdminVideoLine }) => {
  const t = useTranslations("admin.videos.state");
  const deleted = video.deletedAt === null ? null : <StateMark tone="quiet">{t("deleted")}</StateMark>;
  if (video.takenDown !== null) {
    return (
      <>
        {deleted}
        <StateMark tone="bad">{t("takenDown")}</StateMark>
        <span className="block max-w-64 text-13 text-muted wrap-anywhere">{video.takenDown.reason}</span>
      </>
    );
  }
  return deleted ?? <StateMark tone={toneOf[video.status]}>{t(video.status)}</StateMark>;
};

const VideoRow = ({ video }: { video: AdminVideoLine }) => {
  const common = useTranslations("common");
  const size = useSize();
  return (
    <AdminRow data-id={video.id}>
      <RowHead>
        {video.deletedAt === null ? (
          <Link href={`/watch/${video.id}`} className="line-clamp-2 font-medium hover:underline">
            {video.title}
          </Link>
        ) : (
          <span className="line-clamp-2 font-medium">{video.title}</span>
        )}
        <Link href={`/admin/users/${video.owner.id}`} className="text-13 text-muted hover:underline">
          @{video.owner.username}
        </Link>
        {video.channel.handle === video.owner.username ? null : (
          <span className="text-13 text-muted"> · @{video.channel.handle}</span>
        )}
      </RowHead>
      <Cell>
        <VideoState video={video} />
      </Cell>
      <Cell from="md">{common(`visibility.${video.visibility}`)}</Cell>
      <Cell from="lg" numbers>
        {size(video.storedBytes)}
      </Cell>
      <Cell from="lg">
        <When at={video.createdAt} time={false} />
      </Cell>
      <Cell className="text-right">
        <VideoActions video={video} />
      </Cell>
    </AdminRow>
  );
};

/** Videos, one a row. */
export const VideoTable = ({ videos }: { videos: readonly AdminVideoLine[] }) => {
  const t = useTranslations("admin.videos.columns");
  return (
    <AdminTable
      label={t("label")}
      columns={[
        { label: t("title") },
        { label: t("state") },
        { label: t("visibility"), from: "md" },
        { label: t("stored"), from: "lg", numbers: true },
        { label: t("added"), from: "lg" },
        { label: t("actions"), quiet: true },
      ]}
    >
      {videos.map((video) => (
        <VideoRow key={video.id} video={video} />
      ))}
    </AdminTable>
  );
};
