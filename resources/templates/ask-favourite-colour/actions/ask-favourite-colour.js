const SITE = "https://my-app.example.com/favourite-colour";
const LONGEST = 40;

/**
 * Sends the user to another site, which asks for a favourite colour.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  // Nobody is asked twice.
  if (event.user.user_metadata.favorite_color) {
    return;
  }

  // The token is signed, not encrypted: whoever sees the address can read it.
  const token = api.redirect.encodeToken({
    secret: event.secrets.MY_SHARED_SECRET,
    payload: { language: event.request.language },
  });

  api.redirect.sendUserTo(SITE, { query: { session_token: token } });
};

/**
 * Goes on when the user is back, with a token that the other site has signed.
 *
 * @param {Event} event - The same login, with the request that came back.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onContinuePostLogin = async (event, api) => {
  let answer;

  try {
    answer = api.redirect.validateToken({ secret: event.secrets.MY_SHARED_SECRET });
  } catch (error) {
    console.warn(`Answer refused: ${error.message}`);
    api.access.deny("The answer of the other site cannot be trusted.");
    return;
  }

  const colour = answer.favorite_color;

  if (typeof colour !== "string" || colour === "" || colour.length > LONGEST) {
    api.access.deny("The other site did not send a colour.");
    return;
  }

  api.user.setUserMetadata("favorite_color", colour);
};
