import type { ReactNode } from "react";

/** Words in an embed's place, and where to go instead: dark in both themes, as the player is. */
export const EmbedNotice = ({ title, text, children }: { title: string; text: string; children?: ReactNode }) => (
  <div className="absolute inset-0 flex flex-col items-center justify-center gap-1 bg-stage px-6 text-center text-player-text">
    <h1 className="text-16 font-bold sm:text-20">{title}</h1>
    <p className="max-w-md text-14 text-pretty text-player-muted">{text}</p>
    {children}
  </div>
);
