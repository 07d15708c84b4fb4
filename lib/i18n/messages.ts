import type { Messages } from "use-intl/core";
import type { Locale } from "#lib/i18n/locale.ts";
import enAccountMails from "./messages/en/account-mails.json" with { type: "json" };
import enAdmin from "./messages/en/admin.json" with { type: "json" };
import enAnalytics from "./messages/en/analytics.json" with { type: "json" };
import enApiDocs from "./messages/en/api-docs.json" with { type: "json" };
import enAuth from "./messages/en/auth.json" with { type: "json" };
import enAvatars from "./messages/en/avatars.json" with { type: "json" };
import enBrowse from "./messages/en/browse.json" with { type: "json" };
import enCaptionEditor from "./messages/en/caption-editor.json" with { type: "json" };
import enCategories from "./messages/en/categories.json" with { type: "json" };
import enChannels from "./messages/en/channels.json" with { type: "json" };
import enCommentQueue from "./messages/en/comment-queue.json" with { type: "json" };
import enCommon from "./messages/en/common.json" with { type: "json" };
import enErrors from "./messages/en/errors.json" with { type: "json" };
import enExternal from "./messages/en/external.json" with { type: "json" };
import enFailures from "./messages/en/failures.json" with { type: "json" };
import enLabels from "./messages/en/labels.json" with { type: "json" };
import enLibrary from "./messages/en/library.json" with { type: "json" };
import enMails from "./messages/en/mails.json" with { type: "json" };
import enNotices from "./messages/en/notices.json" with { type: "json" };
import enNotifications from "./messages/en/notifications.json" with { type: "json" };
import enPeople from "./messages/en/people.json" with { type: "json" };
import enPlayer from "./messages/en/player.json" with { type: "json" };
import enPosters from "./messages/en/posters.json" with { type: "json" };
import enSearch from "./messages/en/search.json" with { type: "json" };
import enSecondFactor from "./messages/en/second-factor.json" with { type: "json" };
import enSettings from "./messages/en/settings.json" with { type: "json" };
import enSharing from "./messages/en/sharing.json" with { type: "json" };
import enSite from "./messages/en/site.json" with { type: "json" };
import enStudio from "./messages/en/studio.json" with { type: "json" };
import enSuggestedTags from "./messages/en/suggested-tags.json" with { type: "json" };
import enSuggestions from "./messages/en/suggestions.json" with { type: "json" };
import enTexts from "./messages/en/texts.json" with { type: "json" };
import enUploader from "./messages/en/uploader.json" with { type: "json" };
import enUsage from "./messages/en/usage.json" with { type: "json" };
import enWatch from "./messages/en/watch.json" with { type: "json" };
import enWatermarks from "./messages/en/watermarks.json" with { type: "json" };
import enWebhooks from "./messages/en/webhooks.json" with { type: "json" };
import enYourData from "./messages/en/your-data.json" with { type: "json" };
import ukAccountMails from "./messages/uk/account-mails.json" with { type: "json" };
import ukAdmin from "./messages/uk/admin.json" with { type: "json" };
import ukAnalytics from "./messages/uk/analytics.json" with { type: "json" };
import ukApiDocs from "./messages/uk/api-docs.json" with { type: "json" };
import ukAuth from "./messages/uk/auth.json" with { type: "json" };
import ukAvatars from "./messages/uk/avatars.json" with { type: "json" };
import ukBrowse from "./messages/uk/browse.json" with { type: "json" };
import ukCaptionEditor from "./messages/uk/caption-editor.json" with { type: "json" };
import ukCategories from "./messages/uk/categories.json" with { type: "json" };
import ukChannels from "./messages/uk/channels.json" with { type: "json" };
import ukCommentQueue from "./messages/uk/comment-queue.json" with { type: "json" };
import ukCommon from "./messages/uk/common.json" with { type: "json" };
import ukErrors from "./messages/uk/errors.json" with { type: "json" };
import ukExternal from "./messages/uk/external.json" with { type: "json" };
import ukFailures from "./messages/uk/failures.json" with { type: "json" };
import ukLabels from "./messages/uk/labels.json" with { type: "json" };
import ukLibrary from "./messages/uk/library.json" with { type: "json" };
import ukMails from "./messages/uk/mails.json" with { type: "json" };
import ukNotices from "./messages/uk/notices.json" with { type: "json" };
import ukNotifications from "./messages/uk/notifications.json" with { type: "json" };
import ukPeople from "./messages/uk/people.json" with { type: "json" };
import ukPlayer from "./messages/uk/player.json" with { type: "json" };
import ukPosters from "./messages/uk/posters.json" with { type: "json" };
import ukSearch from "./messages/uk/search.json" with { type: "json" };
import ukSecondFactor from "./messages/uk/second-factor.json" with { type: "json" };
import ukSettings from "./messages/uk/settings.json" with { type: "json" };
import ukSharing from "./messages/uk/sharing.json" with { type: "json" };
import ukSite from "./messages/uk/site.json" with { type: "json" };
import ukStudio from "./messages/uk/studio.json" with { type: "json" };
import ukSuggestedTags from "./messages/uk/suggested-tags.json" with { type: "json" };
import ukSuggestions from "./messages/uk/suggestions.json" with { type: "json" };
import ukTexts from "./messages/uk/texts.json" with { type: "json" };
import ukUploader from "./messages/uk/uploader.json" with { type: "json" };
import ukUsage from "./messages/uk/usage.json" with { type: "json" };
import ukWatch from "./messages/uk/watch.json" with { type: "json" };
import ukWatermarks from "./messages/uk/watermarks.json" with { type: "json" };
import ukWebhooks from "./messages/uk/webhooks.json" with { type: "json" };
import ukYourData from "./messages/uk/your-data.json" with { type: "json" };

/**
 * Every message by language and namespace; a namespace is a file in `messages/<language>/`. Imports are written out
 * because bundles and plain Node must find the same files; the test beside this file meets one that was forgotten.
 */
export const messages: Record<Locale, Messages> = {
  en: {
    "account-mails": enAccountMails,
    admin: enAdmin,
    analytics: enAnalytics,
    "api-docs": enApiDocs,
    auth: enAuth,
    avatars: enAvatars,
    browse: enBrowse,
    "caption-editor": enCaptionEditor,
    categories: enCategories,
    channels: enChannels,
    "comment-queue": enCommentQueue,
    common: enCommon,
    errors: enErrors,
    external: enExternal,
    failures: enFailures,
    mails: enMails,
    notices: enNotices,
    notifications: enNotifications,
    labels: enLabels,
    library: enLibrary,
    people: enPeople,
    player: enPlayer,
    posters: enPosters,
    search: enSearch,
    "second-factor": enSecondFactor,
    settings: enSettings,
    sharing: enSharing,
    site: enSite,
    studio: enStudio,
    "suggested-tags": enSuggestedTags,
    suggestions: enSuggestions,
    texts: enTexts,
    uploader: enUploader,
    usage: enUsage,
    watch: enWatch,
    watermarks: enWatermarks,
    webhooks: enWebhooks,
    "your-data": enYourData,
  },
  uk: {
    "account-mails": ukAccountMails,
    admin: ukAdmin,
    analytics: ukAnalytics,
    "api-docs": ukApiDocs,
    auth: ukAuth,
    avatars: ukAvatars,
    browse: ukBrowse,
    "caption-editor": ukCaptionEditor,
    categories: ukCategories,
    channels: ukChannels,
    "comment-queue": ukCommentQueue,
    common: ukCommon,
    errors: ukErrors,
    external: ukExternal,
    failures: ukFailures,
    mails: ukMails,
    notices: ukNotices,
    notifications: ukNotifications,
    labels: ukLabels,
    library: ukLibrary,
    people: ukPeople,
    player: ukPlayer,
    posters: ukPosters,
    search: ukSearch,
    "second-factor": ukSecondFactor,
    settings: ukSettings,
    sharing: ukSharing,
    site: ukSite,
    studio: ukStudio,
    "suggested-tags": ukSuggestedTags,
    suggestions: ukSuggestions,
    texts: ukTexts,
    uploader: ukUploader,
    usage: ukUsage,
    watch: ukWatch,
    watermarks: ukWatermarks,
    webhooks: ukWebhooks,
    "your-data": ukYourData,
  },
};
