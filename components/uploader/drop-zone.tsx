"use client";

import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { droppedFiles } from "./dropped-files.ts";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Whether files are being dragged over the page; hands over what is dropped anywhere on it. */
const useWindowDrop = (onFiles: (files: readonly File[]) => void): boolean => {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Entering a child fires before leaving its parent: only the balance tells whether the pointer left the window.
    let depth = 0;
    const ended = new AbortController();
    const on = (name: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      addEventListener(
        name,
        (event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          act(event);
          setOver(depth > 0);
        },
        { signal: ended.signal },
      );
    on("dragenter", () => {
      depth += 1;
    });
    on("dragover", ({ dataTransfer }) => {
      if (dataTransfer) dataTransfer.dropEffect = "copy";
    });
    on("dragleave", () => {
      depth = Math.max(0, depth - 1);
    });
    on("drop", ({ dataTransfer }) => {
      depth = 0;
      if (dataTransfer) void droppedFiles(dataTransfer).then(onFiles);
    });
    return () => ended.abort();
  }, [onFiles]);
  return over;
};

/** Takes files dropped anywhere on the page, and says so while they hover. Keyboard users have the file chooser. */
export const DropZone = ({ onFiles }: { onFiles: (files: readonly File[]) => void }) => {
  const t = useTranslations("uploader");
  const over = useWindowDrop(onFiles);
  if (!over) return null;
  return (
    <div aria-hidden className="pointer-events-none fixed inset-0 z-50 bg-scrim p-4">
      <div className="flex size-full flex-col items-center justify-center gap-3 rounded-media border-2 border-dashed border-accent bg-bg text-center">
        <Upload size={40} strokeWidth={1.5} className="text-accent" />
        <p className="text-20 font-bold">{t("dropHere")}</p>
        <p className="text-14 text-muted">{t("dropHint")}</p>
      </div>
    </div>
  );
};
