const SITE = "https://accounts.example.com/link";

/**
 * Sends somebody whose address may have another account to the site that links the two.
 *
 * The site lets the user log in to the other account too, as a proof that both are theirs,
 * links them, and says which of them stays. An equal address alone proves nothing.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  const asked = event.user.app_metadata.account_linking !== undefined;
  const linked = event.user.identities.length > 1;

  // An address that was never verified may be that of the account somebody wants to take.
  if (asked || linked || !event.user.email || event.user.email_verified !== true) {
    return;
  }

  const token = api.redirect.encodeToken({
    secret: event.secrets.LINKING_SITE_SECRET,
    payload: { email: event.user.email },
  });

  api.redirect.sendUserTo(SITE, { query: { session_token: token } });
};

/**
 * Goes on when the site has linked the accounts, or found nothing to link.
 *
 * @param {Event} event - The same login, with the user as the site left them.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onContinuePostLogin = async (event, api) => {
  let answer;

  try {
    answer = api.redirect.validateToken({ secret: event.secrets.LINKING_SITE_SECRET });
  } catch (error) {
    console.warn(`Answer refused: ${error.message}`);
    api.access.deny("The answer about linked accounts cannot be trusted.");
    return;
  }

  if (answer.primary_user_id === undefined) {
    api.user.setAppMetadata("account_linking", "nothing to link");
    return;
  }

  // Both addresses have to be verified, and be one.
  const verified = event.user.email_verified === true && answer.email_verified === true;

  if (!verified || answer.email !== event.user.email) {
    api.access.deny("Only accounts with the same verified address can be linked.");
    return;
  }

  // The login fails unless the two accounts are linked by now.
  if (answer.primary_user_id !== event.user.user_id) {
    api.authentication.setPrimaryUser(answer.primary_user_id);
  }
};
