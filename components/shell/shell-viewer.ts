/** What the shell shows of the signed-in person; null for strangers. */
export type ShellViewer = {
  username: string;
  displayName: string;
  role: "viewer" | "creator" | "admin";
} | null;

/** Whether to offer uploading; the use-case decides for itself again. */
export const mayUpload = (viewer: ShellViewer): boolean => viewer !== null && viewer.role !== "viewer";
