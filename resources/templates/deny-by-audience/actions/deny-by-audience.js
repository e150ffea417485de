// The identifier of the API, which is the audience that applications ask for.
const AUDIENCE = "https://todo-api.example.com";

/**
 * Lets no person call one API; only machines may.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  // There is no resource server in a login that asks for no API.
  if (event.resource_server?.identifier === AUDIENCE) {
    api.access.deny("People may not call this API.");
  }
};
