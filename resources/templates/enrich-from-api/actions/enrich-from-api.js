const PEOPLE = "https://people.example.com/v1/users/";
const CLAIM = "https://my-app.example.com/department";

// All actions together have 20 seconds; the login should not wait for a slow service.
const TIMEOUT_MS = 2000;

/**
 * Asks a service of yours for the user's department and puts it into the ID token.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  const known = event.user.app_metadata.department;
  const told = await departmentOf(event);

  // The login goes on without the service: with what was known before, or without the claim.
  api.idToken.setCustomClaim(CLAIM, told ?? known);

  if (told !== undefined && told !== known) {
    api.user.setAppMetadata("department", told);
  }
};

async function departmentOf(event) {
  try {
    const response = await fetch(PEOPLE + encodeURIComponent(event.user.user_id), {
      headers: { authorization: `Bearer ${event.secrets.PEOPLE_API_KEY}` },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });

    if (!response.ok) {
      throw new Error(`it answered ${response.status}`);
    }

    const { department } = await response.json();
    return typeof department === "string" ? department : undefined;
  } catch (error) {
    console.warn(`The department is not known: ${error.message}`);
    return undefined;
  }
}
