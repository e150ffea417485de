const AUDIENCE = "https://payments.example.com";
const SCOPE = "transfer:money";

/**
 * Asks for a second factor before a token may move money.
 *
 * The application asks for the scope when it needs it. A factor that was passed in this
 * session already is not asked for again; somebody without any of these factors is refused.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  const scopes = event.transaction?.requested_scopes ?? [];

  if (event.resource_server?.identifier === AUDIENCE && scopes.includes(SCOPE)) {
    api.authentication.challengeWith(
      { type: "webauthn-roaming" },
      { additionalFactors: [{ type: "otp" }] },
    );
  }
};
