"use client";

import { Check, Copy, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

type Copied = "no" | "yes" | "failed";

const saveText = ({ name, text }: { name: string; text: string }) => {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

const CodeActions = ({ email, codes }: { email: string; codes: readonly string[] }) => {
  const t = useTranslations("second-factor");
  const [copied, setCopied] = useState<Copied>("no");
  const copy = () => {
    // Not there on plain http, but on localhost.
    const written = navigator.clipboard?.writeText(codes.join("\n")) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => setCopied("yes"),
      () => setCopied("failed"),
    );
  };
  const download = () =>
    saveText({
      name: t("fileName"),
      text: `${t("fileHead", { email, site: window.location.host })}\n\n${codes.join("\n")}\n`,
    });
  return (
    <>
      <Button onClick={copy}>
        {copied === "yes" ? <Check aria-hidden strokeWidth={1.75} /> : <Copy aria-hidden strokeWidth={1.75} />}
        {copied === "yes" ? t("copied") : t("copy")}
      </Button>
      <Button onClick={download}>
        <Download aria-hidden strokeWidth={1.75} />
        {t("download")}
      </Button>
      <p role="status" className="order-last w-full text-13 text-danger empty:hidden">
        {copied === "failed" ? t("copyFailed") : null}
      </p>
    </>
  );
};

/** New recovery codes, on the page itself and not in a window: nothing that closes by accident may take them away. */
export const RecoveryCodes = ({
  email,
  codes,
  onDone,
}: {
  email: string;
  codes: readonly string[];
  onDone: () => void;
}) => {
  const t = useTranslations("second-factor");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-4 rounded-media border border-line bg-surface p-4 sm:p-5">
      <div>
        <h3 ref={heading} tabIndex={-1} className="text-15 font-bold outline-none">
          {t("codesTitle")}
        </h3>
        <p className="mt-1 text-14 text-pretty text-muted">{t("codesText")}</p>
      </div>
      <ol className="grid gap-x-8 gap-y-2 font-mono text-14 select-all sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="tabular">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CodeActions email={email} codes={codes} />
        <Button variant="primary" onClick={onDone} className="sm:ml-auto">
          {t("done")}
        </Button>
      </div>
    </div>
  );
};
