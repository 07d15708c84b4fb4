/** What the shell shows of the signed-in person; null for strangers. */
export type ShellViewer = {
  id: string;
  username: string;
  displayName: string;
  /** The profile picture; null without one. */
  avatarUrl: string | null;
  role: "viewer" | "creator" | "admin";
  /** Where `/@` leads to the person's first channel. */
  channelHandle: string;
} | null;

/** Whether to offer uploading; the use-case decides for itself again. */
export const mayUpload = (viewer: Pick<NonNullable<ShellViewer>, "role"> | null): boolean =>
  viewer !== null && viewer.role !== "viewer";
