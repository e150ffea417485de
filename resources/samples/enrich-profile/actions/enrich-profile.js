/**
 * Keeps two facts in the profile: a colour to begin with, and where the user first came in.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  // What users may change themselves belongs into user_metadata.
  if (event.user.user_metadata.favorite_color === undefined) {
    api.user.setUserMetadata("favorite_color", "blue");
  }

  // What they may only read belongs into app_metadata.
  if (event.user.app_metadata.first_application === undefined) {
    api.user.setAppMetadata("first_application", event.client.client_id);
  }
};
