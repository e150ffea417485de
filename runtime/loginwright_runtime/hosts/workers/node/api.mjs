// `api` as an action sees it. It only forwards: every rule is the parent's.

import { encodeArguments, quote } from './encoding.mjs';
import { callerLine } from './places.mjs';
import {
  byteLength,
  captureStackTrace,
  compileFunction,
  create,
  defineProperty,
  errors,
  getCallSites,
  hasOwn,
  isArray,
  keys,
  parse,
  promiseReject,
  promiseResolve,
  stringSplit,
} from './primordials.mjs';
import { putAside, readReply, send } from './wire.mjs';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * Return a function that makes the `api` of a run from the methods the parent named: ordinary,
 * extensible objects, so that an action may put members of its own on them. It is compiled as one
 * object literal, which is 20 times as fast as assigning 70 members for every run.
 */
export function apiMaker(methods, limits) {
  const forwards = [];
  const tree = create(null);
  for (let index = 0; index < methods.length; index += 1) {
    forwards[index] = forwarder(methods[index], limits.frame_bytes);
    place(tree, stringSplit(methods[index].name, '.'), index);
  }
  const body = `return (run) => { const api = ${literal(tree)}; return api; };`;
  const make = compileFunction(body, ['forwards', 'getCallSites'], { filename: 'loginwright:api' });
  return make(forwards, getCallSites);
}

function place(tree, names, index) {
  let branch = tree;
  for (let at = 0; at < names.length; at += 1) {
    if (!IDENTIFIER.test(names[at])) throw new errors.Error(`Not a name: ${names[at]}`);
    const isLast = at === names.length - 1;
    branch[names[at]] ??= isLast ? index : create(null);
    branch = branch[names[at]];
  }
}

function literal(tree) {
  const members = [];
  for (const name of keys(tree)) {
    const value = typeof tree[name] === 'object' ? literal(tree[name]) : method(name, tree[name]);
    members.push(`${name}: ${value}`);
  }
  return `{ ${members.join(', ')} }`;
}

// The name lets the function name itself when the stack of an error is to begin below it.
function method(name, index) {
  const call = `forwards[${index}](run, api, api_${name}, args, getCallSites(2))`;
  return `function api_${name}(...args) { return ${call}; }`;
}

function forwarder(shape, frameBytes) {
  const settled = { shape, head: `","method":${quote(shape.name)},"args":`, frameBytes };
  const forward = shape.promise ? promisedForward : plainForward;
  return (run, api, method, args, sites) => forward(settled, run, api, method, args, sites);
}

function plainForward(settled, run, api, method, args, sites) {
  const { answers, waits: needed, tells_undefined: told } = settled.shape;
  // A call of an ended run waits too, so that its refusal is thrown where it was made.
  const waits = needed || run.wait || run.over;
  const line = callerLine(sites, run.file);
  const frame =
    `{"type":"call","run":"${run.id}${settled.head}${encodeArguments(args, told)}` +
    `,"line":${line},"waits":${waits}}\n`;
  if (frame.length * 3 > settled.frameBytes) refuseTooLong(settled, frame);
  if (waits) {
    send(frame, true);
    const value = answer(parse(readReply()), run, method);
    if (answers === 'value') return value;
  } else {
    putAside(frame);
  }
  return answers === 'api' ? api : undefined;
}

function promisedForward(settled, run, api, method, args, sites) {
  try {
    return promiseResolve(plainForward(settled, run, api, method, args, sites));
  } catch (error) {
    return promiseReject(error);
  }
}

function refuseTooLong(settled, frame) {
  if (byteLength(frame) <= settled.frameBytes) return;
  throw new errors.RangeError(
    `The arguments of api.${settled.shape.name}() are longer than ${settled.frameBytes} bytes.`,
  );
}

// What a reply means: a value, an error to throw, changes to the live event.
function answer(reply, run, method) {
  if (hasOwn(reply, 'merge')) mergeInto(run.event, reply.merge);
  if (hasOwn(reply, 'pause')) debugger; // Only in a worker that is debugged.
  if (hasOwn(reply, 'error')) throw errorOf(reply.error, method);
  return isUndefined(reply.value) ? undefined : reply.value;
}

function isUndefined(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    hasOwn(value, '$undefined') &&
    value.$undefined === true
  );
}

function errorOf({ name, message }, method) {
  const error = new (errors[name] ?? errors.Error)(message);
  captureStackTrace(error, method);
  return error;
}

function mergeInto(event, merge) {
  const paths = keys(merge);
  for (let index = 0; index < paths.length; index += 1) {
    const names = stringSplit(paths[index], '.');
    let parent = event;
    for (let at = 0; at < names.length - 1; at += 1) parent = member(parent, names[at]);
    if (parent !== undefined) put(parent, names[names.length - 1], merge[paths[index]]);
  }
}

function member(value, name) {
  return isObject(value) && hasOwn(value, name) && isObject(value[name]) ? value[name] : undefined;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !isArray(value);
}

// The object stays the same one: the action may hold it.
function put(parent, name, replacement) {
  const target = member(parent, name);
  if (target === undefined || !isObject(replacement)) {
    define(parent, name, replacement);
    return;
  }
  const old = keys(target);
  for (let index = 0; index < old.length; index += 1) delete target[old[index]];
  const fresh = keys(replacement);
  for (let index = 0; index < fresh.length; index += 1) {
    define(target, fresh[index], replacement[fresh[index]]);
  }
}

function define(target, name, value) {
  const descriptor = { __proto__: null, value, writable: true, enumerable: true, configurable: true };
  defineProperty(target, name, descriptor);
}
