const APPLICATION = "My SPA";

// Workers run in UTC. The working week begins and ends where the office is.
const weekday = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  weekday: "short",
});

/**
 * Opens one application from Monday to Friday only.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.client.name !== APPLICATION) {
    return;
  }

  const today = weekday.format(new Date());

  if (today === "Sat" || today === "Sun") {
    api.access.deny(`${APPLICATION} is open from Monday to Friday.`);
  }
};
