// Two letters each (ISO 3166-1). From everywhere else a second factor is asked for.
const COUNTRIES = ["AT", "CH", "DE"];

/**
 * Asks for a second factor outside the countries that people usually log in from.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  // An unknown country is on no list, so it asks too.
  if (!COUNTRIES.includes(event.request.geoip?.countryCode)) {
    api.multifactor.enable("any", { allowRememberBrowser: false });
  }
};
