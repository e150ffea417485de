const APPLICATION = "My SPA";

// With its @: people at notexample.com belong to somebody else.
const DOMAIN = "@example.com";

/**
 * Keeps people of one e-mail domain out of one application.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.client.name !== APPLICATION) {
    return;
  }

  const email = (event.user.email ?? "").toLowerCase();

  if (email.endsWith(DOMAIN)) {
    api.access.deny(`${APPLICATION} is not for addresses ending in ${DOMAIN}.`);
  }
};
