/**
 * Asks for a second factor in North America.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  const continent = event.request.geoip?.continentCode;

  // An address that nobody can place may be from there too.
  if (continent === undefined || continent === "NA") {
    api.multifactor.enable("any");
  }
};
