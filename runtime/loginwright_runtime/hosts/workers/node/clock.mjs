// A wall clock that stands still while a run asks for it; timers and monotonic clocks go on.

import { keepGlobal } from './globals.mjs';
import {
  apply,
  boundFormatOf,
  construct,
  defineProperty,
  formatPrototype,
  formatToParts,
  getOwnPropertyDescriptor,
  newWeakMap,
  RealDate,
  RealProxy,
  weakMapGet,
  weakMapSet,
} from './primordials.mjs';

const realNow = RealDate.now;

let fixed = null;
let installed = null;

// A proxy and no subclass: `Date()` without `new` must work, and `instanceof` for every date.
function install() {
  const clock = new RealProxy(RealDate, {
    __proto__: null,
    construct(target, args, newTarget) {
      const given = fixed !== null && args.length === 0 ? [fixed] : args;
      return construct(target, given, newTarget === clock ? target : newTarget);
    },
    apply() {
      return `${fixed === null ? new RealDate() : new RealDate(fixed)}`;
    },
  });
  define(RealDate.prototype, 'constructor', clock);
  define(RealDate, 'now', function now() {
    return fixed === null ? realNow() : fixed;
  });
  define(globalThis, 'Date', clock);
  keepGlobal('Date');
  installFormats();
  return clock;
}

/** Let a date format that is given no date take the fixed one, as `Date` does. */
function installFormats() {
  const known = newWeakMap();
  const accessor = {
    get format() {
      const real = boundFormatOf(this);
      let ours = weakMapGet(known, real);
      if (ours === undefined) {
        ours = (date) => real(atFixed(date));
        defineProperty(ours, 'name', { __proto__: null, value: '', configurable: true });
        weakMapSet(known, real, ours);
      }
      return ours;
    },
  };
  defineProperty(formatPrototype, 'format', {
    __proto__: null,
    get: getOwnPropertyDescriptor(accessor, 'format').get,
    enumerable: false,
    configurable: true,
  });
  define(formatPrototype, 'formatToParts', {
    formatToParts(date) {
      return apply(formatToParts, this, [atFixed(date)]);
    },
  }.formatToParts);
}

function atFixed(date) {
  return date === undefined && fixed !== null ? fixed : date;
}

function define(target, name, value) {
  const descriptor = { value, writable: true, enumerable: false, configurable: true };
  defineProperty(target, name, { __proto__: null, ...descriptor });
}

/** Stop the clock at `now`, in epoch seconds, or let it run when it is null. */
export function setClock(now) {
  if (now === null && installed === null) return;
  installed ??= install();
  fixed = now === null ? null : Math.round(now * 1000);
}
