"use client";

import { FolderOpen, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { mayContinue } from "#components/uploader/upload-problem.ts";
import { FailurePanel } from "../failure-panel.tsx";
import { useStudioFormat } from "../use-studio-format.ts";
import type { Replacement } from "./use-replacement.ts";

type Steps = { onResume: () => void; onChoose: () => void; onCancel: () => void };

/** What stopped it, and what one can do about it. One that is gone on the server begins anew as any other does. */
const Stopped = ({ own, onResume, onCancel }: { own: NonNullable<Replacement["own"]> } & Omit<Steps, "onChoose">) => {
  const t = useTranslations("studio");
  const u = useTranslations("uploader");
  const common = useTranslations("common");
  const problem = own.problem ?? "refused";
  return (
    <FailurePanel title={u(`problem.${problem}.title`)} text={u(`problem.${problem}.text`)}>
      {problem === "session_ended" ? (
        <a href="/login?next=/studio" target="_blank" rel="noopener" className={buttonClass({ size: "small" })}>
          {common("signIn")}
        </a>
      ) : null}
      {mayContinue(problem) ? (
        <Button size="small" onClick={onResume}>
          <RotateCcw aria-hidden strokeWidth={1.75} />
          {t("continueUpload")}
        </Button>
      ) : null}
      <Button size="small" variant="ghost" onClick={onCancel}>
        {t("cancelUpload")}
      </Button>
    </FailurePanel>
  );
};

/** How far a new file is, with what can be done: call it off, or go on where it stopped. */
export const ReplacementProgress = ({
  replacement,
  wrongName,
  onResume,
  onChoose,
  onCancel,
}: { replacement: Replacement; wrongName: string | null } & Steps) => {
  const t = useTranslations("studio");
  const u = useTranslations("uploader");
  const format = useStudioFormat();
  const { own, percent } = replacement;
  if (own?.phase === "stopped") return <Stopped own={own} onResume={onResume} onCancel={onCancel} />;
  const note = own === null ? t("source.elsewhere") : own.phase === "reconnecting" ? t("note.reconnecting") : null;
  return (
    <div className="flex flex-col gap-1.5 text-13">
      <p role="status" className="tabular">
        {t("source.coming", { percent: format.percent(percent) })}
      </p>
      <ProgressBar percent={percent} label={t("source.progress")} />
      {note === null ? null : <p className="text-muted">{note}</p>}
      {wrongName === null ? null : (
        <p role="alert" className="text-danger">
          {u("refused.wrong_file", { name: wrongName })}
        </p>
      )}
      <div className="mt-1 flex flex-wrap gap-2">
        {own === null ? (
          <Button size="small" onClick={onChoose}>
            <FolderOpen aria-hidden strokeWidth={1.75} />
            {t("chooseFile")}
          </Button>
        ) : null}
        <Button size="small" variant="ghost" onClick={onCancel}>
          {t("cancelUpload")}
        </Button>
      </div>
    </div>
  );
};
