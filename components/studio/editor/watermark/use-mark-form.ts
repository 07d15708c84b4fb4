import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError } from "#lib/api-client/api-error.ts";
import { createWatermark, patchWatermark, sendWatermarkImage } from "#lib/api-client/watermarks.ts";
import type { WatermarkDto, WatermarkPlacement } from "#lib/watermarks/dto.ts";
import { useReportError } from "../../use-report-error.ts";

const maxBytes = 5 * 1024 * 1024;
const kinds = ["image/png", "image/webp"];

type Form = { kind: "image" | "text"; name: string; text: string; file: File | null };
type Field = "name" | "text" | "file";
type Fault =
  | "nameMissing"
  | "textMissing"
  | "fileMissing"
  | "fileTooLarge"
  | "fileKind"
  | "refusedText"
  | "refusedImage";
type Faults = Partial<Record<Field, Fault>>;

const fileFault = ({ file }: Form, isNew: boolean): Faults => {
  if (file === null) return isNew ? { file: "fileMissing" } : {};
  if (!kinds.includes(file.type)) return { file: "fileKind" };
  return file.size > maxBytes ? { file: "fileTooLarge" } : {};
};

const faultsOf = (form: Form, isNew: boolean): Faults => ({
  ...(form.name.trim() === "" ? { name: "nameMissing" as const } : {}),
  ...(form.kind === "image" ? fileFault(form, isNew) : form.text.trim() === "" ? { text: "textMissing" as const } : {}),
});

/** What the server refused about text or image, as a fault of its field; null for everything else. */
const refusalOf = (error: unknown, kind: Form["kind"]): Faults | null => {
  if (!(error instanceof ApiError)) return null;
  if (kind === "text") return error.fields.text === undefined ? null : { text: "refusedText" };
  return ["unprocessable", "too_large", "unsupported_media_type"].includes(error.code)
    ? { file: "refusedImage" }
    : null;
};

/** The form of a mark. `save` gives the mark as the server has it, or null when it was refused. */
export const useMarkForm = ({
  mark,
  placement,
  channelId,
}: {
  mark: WatermarkDto | null;
  placement: WatermarkPlacement;
  /** Whose a new mark is; the caller's own channel's when absent. */
  channelId: string | undefined;
}) => {
  const t = useTranslations("watermarks.dialog");
  const report = useReportError();
  const [form, setForm] = useState<Form>({
    kind: mark?.design.kind ?? "text",
    name: mark?.name ?? "",
    text: mark?.design.text ?? "",
    file: null,
  });
  const [faults, setFaults] = useState<Faults>({});
  const [saving, setSaving] = useState(false);
  // A mark whose image was refused is there already: the next try goes on with it.
  const [made, setMade] = useState(mark);
  const write = async (forAll: boolean): Promise<WatermarkDto> => {
    const name = form.name.trim();
    const text = form.kind === "text" ? { text: form.text.trim() } : {};
    const whose = forAll ? { channelId: null } : channelId === undefined ? {} : { channelId };
    const saved =
      made === null
        ? await createWatermark({ name, placement, ...text, ...whose })
        : await patchWatermark({ watermarkId: made.id, patch: { name, ...text } });
    setMade(saved);
    return form.file === null || form.kind === "text"
      ? saved
      : sendWatermarkImage({ watermarkId: saved.id, file: form.file });
  };
  const save = async ({ forAll }: { forAll: boolean }): Promise<WatermarkDto | null> => {
    const found = faultsOf(form, mark === null);
    setFaults(found);
    if (Object.keys(found).length > 0 || saving) return null;
    setSaving(true);
    try {
      return await write(forAll);
    } catch (error) {
      const refusal = refusalOf(error, form.kind);
      if (refusal === null) report(error);
      else setFaults(refusal);
      return null;
    } finally {
      setSaving(false);
    }
  };
  const wordsOf = (field: Field) => (faults[field] === undefined ? undefined : t(faults[field]));
  return {
    form,
    change: (part: Partial<Form>) => {
      setForm((now) => ({ ...now, ...part }));
      setFaults((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in part))));
    },
    errors: { name: wordsOf("name"), text: wordsOf("text"), file: wordsOf("file") },
    saving,
    save,
  };
};
