const { BlockList, isIP } = require("node:net");

const denied = new BlockList();
denied.addAddress("192.0.2.15", "ipv4");
denied.addSubnet("198.51.100.0", 24, "ipv4");
denied.addSubnet("2001:db8:dead::", 48, "ipv6");

/**
 * Denies logins from some addresses and networks.
 *
 * @param {Event} event - Who is logging in, and how.
 * @param {PostLoginAPI} api - Changes what comes of the login.
 */
exports.onExecutePostLogin = async (event, api) => {
  const address = event.request.ip ?? "";
  const version = isIP(address);

  // What is no address cannot be compared, so it does not pass.
  if (version === 0 || denied.check(address, `ipv${version}`)) {
    api.access.deny("Logins from this network are not allowed.");
  }
};
