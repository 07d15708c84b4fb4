"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MadeToken } from "#components/settings/made-token.tsx";
import { NewTokenForm } from "#components/settings/new-token-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ApiTokenDto } from "#lib/accounts/dto.ts";

/** A button that opens the form for a new token, and then shows the token, once. */
export const NewToken = ({ scopes }: { scopes: ApiTokenDto["scopes"] }) => {
  const t = useTranslations("settings.tokens");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    // A closed dialog forgets the token: nothing shows it a second time.
    if (!next) setMade(null);
  };
  return (
    <>
      <Button variant="primary" onClick={() => show(true)}>
        <Plus aria-hidden strokeWidth={1.75} />
        {t("make")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={show}
        size="large"
        title={made === null ? t("make") : t("madeTitle")}
        description={made === null ? t("makeText") : t("madeText")}
      >
        {made === null ? (
          <NewTokenForm
            scopes={scopes}
            onMade={(token) => {
              setMade(token);
              router.refresh();
            }}
          />
        ) : (
          <MadeToken token={made} onDone={() => show(false)} />
        )}
      </Dialog>
    </>
  );
};
