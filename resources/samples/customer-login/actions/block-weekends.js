/**
 * Keeps one application closed on Saturdays and Sundays.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.client.name !== "My SPA") {
    return;
  }

  // Workers run in UTC, so this is the day in UTC everywhere.
  const day = new Date().getUTCDay();

  if (day === 0 || day === 6) {
    api.access.deny("My SPA is closed at the weekend.");
  }
};
