/**
 * @param {Event} event - The user and the context in which they are logging in.
 * @param {PostLoginAPI} api - Changes the behavior of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  // The answer is kept in the profile, so that
  // nobody is asked a second time.
  if (event.user.user_metadata.favorite_color) {
    return;
  }

  const token = api.redirect.encodeToken({
    secret: event.secrets.MY_SHARED_SECRET,
    payload: {
      email: event.user.email,
    },
  });

  // The other site learns who is coming from the
  // signed token, and asks its question.
  api.redirect.sendUserTo("https://my-app.example.com", {
    query: { session_token: token },
  });
};

/**
 * @param {Event} event - The same user, with the `event.request` that came back.
 * @param {PostLoginAPI} api - Changes the behavior of the login.
 */
exports.onContinuePostLogin = async (event, api) => {
  // The site answers with a token of its own, signed with the same
  // secret. Whatever is wrong with it, validateToken throws.

  const payload = api.redirect.validateToken({
    secret: event.secrets.MY_SHARED_SECRET,
  });

  api.user.setUserMetadata("favorite_color", payload.favorite_color);
  console.log(`Stored favorite_color ${payload.favorite_color}`);
};
