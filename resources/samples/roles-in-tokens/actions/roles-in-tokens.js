// A claim of your own is a URL, so that it never means something else to others.
const CLAIM = "https://my-app.example.com/roles";

/**
 * Tells the application, and the API that it calls, which roles the user has.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.authorization) {
    api.idToken.setCustomClaim(CLAIM, event.authorization.roles);
    api.accessToken.setCustomClaim(CLAIM, event.authorization.roles);
  }
};
