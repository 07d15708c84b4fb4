"use client";

import { Tabs } from "@base-ui/react/tabs";
import { useState } from "react";
import { CopyButton } from "#components/api-docs/copy-button.tsx";

/** A text of code under its name. */
export type CodeTab = { name: string; text: string };

const tabClass =
  "h-9 rounded-sm px-2 text-13 text-muted transition-colors hover:text-ink data-[active]:font-medium data-[active]:text-ink";

/** Texts of code in one frame, one of them shown, with a button that copies it. */
export const CodeTabs = ({ label, tabs }: { label: string; tabs: readonly CodeTab[] }) => {
  const [shown, setShown] = useState(tabs[0]?.name ?? "");
  const text = tabs.find(({ name }) => name === shown)?.text ?? "";
  return (
    <Tabs.Root
      value={shown}
      onValueChange={(value) => setShown(String(value))}
      className="min-w-0 rounded-control border border-line bg-surface"
    >
      <div className="flex items-center justify-between gap-2 border-b border-line pr-1 pl-2">
        <Tabs.List aria-label={label} className="flex min-w-0 gap-1 overflow-x-auto">
          {tabs.map(({ name }) => (
            <Tabs.Tab key={name} value={name} className={tabClass}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <CopyButton text={text} />
      </div>
      {tabs.map(({ name, text: code }) => (
        <Tabs.Panel key={name} value={name} className="rounded-b-control">
          {/* Reached by keyboard, since it may be wider or longer than its frame. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
          <pre tabIndex={0} className="max-h-[420px] overflow-auto p-3 font-mono text-12 leading-[1.6]">
            {code}
          </pre>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
};
