// A wall clock that stands still while a run asks for it; timers and monotonic clocks go on.

import { keepGlobal } from './globals.mjs';
import { construct, defineProperty, RealDate, RealProxy } from './primordials.mjs';

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
  return clock;
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
