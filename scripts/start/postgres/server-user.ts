import { LaunchError } from "#scripts/start/launch-error.ts";
import { runCommand } from "#scripts/start/run-command.ts";

/** Numbers of the user a server runs as; null means this process's own. */
export type ServerUser = { uid: number; gid: number } | null;

const userName = "kinora-postgres";

const lookUp = async (name: string): Promise<ServerUser> => {
  const uid = await runCommand({ command: "id", args: ["-u", name] });
  const gid = await runCommand({ command: "id", args: ["-g", name] });
  if (uid.code !== 0 || gid.code !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

const creators: readonly { command: string; args: readonly string[] }[] = [
  {
    command: "useradd",
    args: [
      "--system",
      "--user-group",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      "/usr/sbin/nologin",
      userName,
    ],
  },
  // BusyBox.
  { command: "adduser", args: ["-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin", userName] },
];

/**
 * Whom the embedded server runs as. PostgreSQL refuses to run as root, so root gets a system user of its own made for it,
 * and `nobody` where users cannot be made. Everyone else runs it as themselves. Throws `LaunchError` when root has no one.
 */
export const serverUser = async (): Promise<ServerUser> => {
  if (process.getuid?.() !== 0) return null;
  const existing = await lookUp(userName);
  if (existing !== null) return existing;
  for (const creator of creators) {
    const { code } = await runCommand(creator);
    const created = code === 0 ? await lookUp(userName) : null;
    if (created !== null) return created;
  }
  const nobody = await lookUp("nobody");
  if (nobody !== null) return nobody;
  throw new LaunchError(
    "PostgreSQL does not run as root and no other user could be made; start Kinora as an ordinary user or set DATABASE_URL.",
  );
};
