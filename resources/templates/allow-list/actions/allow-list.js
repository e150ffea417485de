const ADDRESSES = ["grace@example.org"];

// With their @: people at notexample.com belong to somebody else.
const DOMAINS = ["@example.com"];

/**
 * Lets in only people on a list of addresses and domains.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  const email = (event.user.email ?? "").toLowerCase();
  const listed =
    ADDRESSES.includes(email) || DOMAINS.some((domain) => email.endsWith(domain));

  // An address that was never verified may be anybody's.
  if (!listed || event.user.email_verified !== true) {
    api.access.deny("This account is not on the list.");
  }
};
