const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/**
 * Gives administrators a session that ends with their working day.
 *
 * A session can only be made shorter here, never longer than your settings allow.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  if (!event.authorization?.roles.includes("admin")) {
    return;
  }

  const now = Date.now();
  api.session.setExpiresAt(now + 8 * HOUR);
  api.session.setIdleExpiresAt(now + 15 * MINUTE);

  // The cookie goes when the browser is closed.
  api.session.setCookieMode("non-persistent");
};
