// `network: none`: every way out fails with an error that says why. Best effort, no fence.

import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';

import { keepGlobal } from './globals.mjs';
import { captureStackTrace, errors, promiseReject, promiseThen } from './primordials.mjs';

const require = createRequire(import.meta.url);
const REFUSED = 'ERR_LOGINWRIGHT_NETWORK';
const LOOKUPS = ['lookup', 'lookupService', 'reverse', 'resolve'];

let open = true;
let patched = false;
const connected = new Set();

function refusal(target) {
  const error = new errors.Error(
    `This run has no network ("network": "none"), so ${target} cannot be reached. ` +
      'Allow it with "network": "open" in the scenario, or --network open.',
  );
  error.code = REFUSED;
  return error;
}

// What connect() was asked for, in words.
function targetOf(args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof options === 'object' && options !== null) {
    return options.path ?? `${options.host ?? 'localhost'}:${options.port ?? ''}`;
  }
  if (typeof options === 'string' && Number.isNaN(Number(options))) return options;
  return `${typeof args[1] === 'string' ? args[1] : 'localhost'}:${options}`;
}

/** Guard connections from now on; those that are made are known when the network is closed. */
export function guardSockets() {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function guarded(...args) {
    if (!open) return refuseLater(this, refusal(targetOf(args)));
    connected.add(this);
    this.once('close', () => connected.delete(this));
    return connect.apply(this, args);
  };
}

// As a connection fails that was tried: TLS sets up more on the socket before it hears of it.
function refuseLater(socket, error) {
  socket.connecting = true;
  process.nextTick(() => socket.destroy(error));
  return socket;
}

function patchDatagrams() {
  const { Socket: Datagrams } = require('node:dgram');
  for (const name of ['bind', 'connect', 'send']) {
    const real = Datagrams.prototype[name];
    Datagrams.prototype[name] = function guarded(...args) {
      if (!open) throw refusal('a datagram');
      return real.apply(this, args);
    };
  }
}

function patchLookups() {
  const dns = require('node:dns');
  patchCallbacks(dns);
  patchCallbacks(dns.Resolver.prototype);
  patchPromises(dns.promises);
  patchPromises(dns.promises.Resolver.prototype);
}

function lookups(target) {
  const names = Object.getOwnPropertyNames(target);
  return names.filter((name) => LOOKUPS.includes(name) || name.startsWith('resolve'));
}

function patchCallbacks(target) {
  for (const name of lookups(target)) {
    const real = target[name];
    target[name] = function guarded(...args) {
      if (open) return real.apply(this, args);
      const callback = args.at(-1);
      if (typeof callback !== 'function') throw refusal(String(args[0]));
      process.nextTick(callback, refusal(String(args[0])));
      return undefined;
    };
  }
}

function patchPromises(target) {
  for (const name of lookups(target)) {
    const real = target[name];
    target[name] = function guarded(...args) {
      return open ? real.apply(this, args) : promiseReject(refusal(String(args[0])));
    };
  }
}

// The real fetch fails as it does where a host cannot be reached, a TypeError with a cause, and takes
// what needs no network (`data:`). Its message alone would hide the reason from the record.
function patchFetch() {
  const real = globalThis.fetch;
  globalThis.fetch = function fetch(...args) {
    const answer = real.apply(this, args);
    return open ? answer : withReason(answer);
  };
  keepGlobal('fetch');
}

// The error comes without a stack; the one taken here names the action's line, and, by way of `then`,
// nothing of the worker.
function withReason(answer) {
  return promiseThen(answer, undefined, (error) => {
    const reason = error?.cause;
    if (reason?.code === REFUSED) {
      error.message += `: ${reason.message}`;
      captureStackTrace(error);
    }
    throw error;
  });
}

/** Open or close the network for the runs that follow. */
export function setNetwork(isOpen) {
  if (isOpen && !patched) return;
  if (!patched) {
    patched = true;
    patchDatagrams();
    patchLookups();
    patchFetch();
    syncBuiltinESMExports();
  }
  // A connection kept alive by an earlier run would be a way out.
  if (open && !isOpen) for (const socket of connected) socket.destroy();
  open = isOpen;
}
