"use client";

import { CircleAlert, ImageUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** The chosen file as an address that this page may show, for as long as it is chosen. */
const useLocalAddress = (file: File | null): string | null => {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => {
      setAddress(null);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return address;
};

/** Chooses an image file and shows it. */
export const FileChoice = ({
  file,
  error,
  onChoose,
}: {
  file: File | null;
  error: string | undefined;
  onChoose: (file: File) => void;
}) => {
  const t = useTranslations("watermarks.dialog");
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const address = useLocalAddress(file);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        {t("file")}
      </label>
      <div className="flex items-center gap-4">
        <div className="flex h-16 w-28 shrink-0 items-center justify-center rounded-control bg-stage p-2">
          {address === null ? (
            <ImageUp aria-hidden strokeWidth={1.75} className="size-5 text-on-badge" />
          ) : (
            // biome-ignore lint/performance/noImgElement: a file of this device
            <img src={address} alt="" className="max-h-full max-w-full object-contain" />
          )}
        </div>
        <div className="flex min-w-0 flex-col items-start gap-1.5">
          <Button onClick={() => input.current?.click()}>{t(file === null ? "chooseFile" : "otherFile")}</Button>
          {file === null ? null : <p className="max-w-full truncate text-13 text-muted">{file.name}</p>}
        </div>
      </div>
      <input
        ref={input}
        id={id}
        type="file"
        accept="image/png,image/webp"
        aria-describedby={`${id}-hint`}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen !== undefined) onChoose(chosen);
          event.target.value = "";
        }}
      />
      {error === undefined ? null : (
        <p role="alert" className="flex items-start gap-1.5 text-13 text-danger">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          {error}
        </p>
      )}
      <p id={`${id}-hint`} className="text-13 text-muted">
        {t("fileHint")}
      </p>
    </div>
  );
};
