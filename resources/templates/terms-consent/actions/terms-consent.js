const FORM = "ap_terms_of_use";

// A new version asks everybody again.
const VERSION = "2026-11";

/**
 * Shows the terms of use to everybody who has not accepted this version of them.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.user.app_metadata.accepted_terms?.version === VERSION) {
    return;
  }

  api.prompt.render(FORM, { vars: { version: VERSION } });
};

/**
 * Goes on when the form was sent. Its fields are what the browser sent: a person's word.
 *
 * @param {Event} event - The same login, with the form in `event.prompt`.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onContinuePostLogin = async (event, api) => {
  if (event.prompt?.fields?.accepted !== true) {
    api.access.deny("The terms of use were not accepted.");
    return;
  }

  // In app_metadata, because people may not change when they agreed.
  api.user.setAppMetadata("accepted_terms", {
    version: VERSION,
    at: new Date().toISOString(),
  });
};
