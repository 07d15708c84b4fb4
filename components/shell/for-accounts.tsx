"use client";

import dynamic from "next/dynamic";

// In chunks of their own, which strangers do not fetch; the server draws them as if they were not.

/** See `account-tools.tsx`. */
export const AccountTools = dynamic(() =>
  import("#components/shell/account-tools.tsx").then((module) => module.AccountTools),
);

/** See `unconfirmed-banner.tsx`. */
export const UnconfirmedBanner = dynamic(() =>
  import("#components/auth/unconfirmed-banner.tsx").then((module) => module.UnconfirmedBanner),
);

/** See `leaving-banner.tsx`. */
export const LeavingBanner = dynamic(() =>
  import("#components/auth/leaving-banner.tsx").then((module) => module.LeavingBanner),
);
