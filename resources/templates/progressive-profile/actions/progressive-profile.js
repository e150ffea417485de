const SITE = "https://my-app.example.com/about-you";
const LOGINS_BEFORE_ASKING = 3;
const LONGEST = 100;

/**
 * Asks for the user's company at the third login, when they know what it is for.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  // An empty answer counts: the user would rather not say.
  const answered = event.user.user_metadata.company !== undefined;

  if (answered || event.stats.logins_count < LOGINS_BEFORE_ASKING) {
    return;
  }

  const token = api.redirect.encodeToken({
    secret: event.secrets.PROFILE_SITE_SECRET,
    payload: { ask: "company" },
  });

  api.redirect.sendUserTo(SITE, { query: { session_token: token } });
};

/**
 * Goes on when the user has answered, or has passed the question over.
 *
 * @param {Event} event - The same login, with the request that came back.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onContinuePostLogin = async (event, api) => {
  let answer;

  try {
    answer = api.redirect.validateToken({ secret: event.secrets.PROFILE_SITE_SECRET });
  } catch (error) {
    console.warn(`Answer refused: ${error.message}`);
    api.access.deny("The answer about your company cannot be trusted.");
    return;
  }

  const company = typeof answer.company === "string" ? answer.company.trim() : "";
  api.user.setUserMetadata("company", company.slice(0, LONGEST));
};
