// Arguments, logs and errors as JSON text (hosts/messages.py).

import {
  arrayJoin,
  bigIntToString,
  isFiniteNumber,
  stringIndexOf,
  stringSlice,
  stringify,
} from './primordials.mjs';

const UNDEFINED = '{"$undefined":true}';
const ESCAPED_SURROGATE = '\\ud';

// JSON.stringify escapes lone surrogates, which are no text that the parent could read.
function wellFormed(json) {
  if (stringIndexOf(json, ESCAPED_SURROGATE) < 0) return json;
  let result = '';
  let from = 0;
  let at = stringIndexOf(json, '\\');
  while (at >= 0) {
    if (stringSlice(json, at, at + 3) === ESCAPED_SURROGATE) {
      result += `${stringSlice(json, from, at)}\\ufffd`;
      from = at + 6;
    }
    at = stringIndexOf(json, '\\', at + 2);
  }
  return result + stringSlice(json, from);
}

/** A string in quotes. */
export function quote(text) {
  return wellFormed(stringify(text));
}

function bigIntsAsText(_key, value) {
  return typeof value === 'bigint' ? bigIntToString(value) : value;
}

function undefinedAsMark(key, value) {
  return value === undefined ? { $undefined: true } : bigIntsAsText(key, value);
}

function encodeObject(value, told) {
  if (told) return wellFormed(stringify(value, undefinedAsMark));
  let json;
  try {
    json = stringify(value);
  } catch {
    json = stringify(value, bigIntsAsText); // throws what a cycle throws
  }
  return json === undefined ? UNDEFINED : wellFormed(json);
}

// A BigInt is sent as its digits; functions and symbols, which JSON does not know, as undefined.
function encodeArgument(value, told) {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return isFiniteNumber(value) ? `${value}` : 'null';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return quote(bigIntToString(value));
    case 'object':
      return value === null ? 'null' : encodeObject(value, told);
    default:
      return UNDEFINED;
  }
}

/**
 * Arguments as a JSON list; trailing undefined ones are dropped, and within an argument all of them
 * unless they are to be `told`. Throws on a cycle.
 */
export function encodeArguments(args, told = false) {
  let length = args.length;
  while (length > 0 && args[length - 1] === undefined) length -= 1;
  if (length === 0) return '[]';
  let json = `[${encodeArgument(args[0], told)}`;
  for (let index = 1; index < length; index += 1) json += `,${encodeArgument(args[index], told)}`;
  return `${json}]`;
}

/** A list of strings as JSON. */
export function quoteAll(texts) {
  const quoted = [];
  for (let index = 0; index < texts.length; index += 1) quoted[index] = quote(texts[index]);
  return `[${arrayJoin(quoted, ',')}]`;
}
