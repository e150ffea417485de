// Takes from `process` and a few modules what would end, leave or weaken the worker. Guard rails
// for mistakes, no sandbox (security.md 19).

import { createRequire, syncBuiltinESMExports } from 'node:module';

import { captureStackTrace, defineProperty, errors } from './primordials.mjs';

const require = createRequire(import.meta.url);

const ENDS = ['exit', 'reallyExit', 'abort', 'execve'];
const REFUSED = [
  ...['kill', '_kill', '_debugProcess', '_debugEnd', 'binding', '_linkedBinding'],
  ...['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups'],
  ...['_getActiveHandles', '_getActiveRequests', 'setUncaughtExceptionCaptureCallback'],
  ...['_startProfilerIdleNotifier', '_stopProfilerIdleNotifier'],
];

// What a file of these holds, secrets too, would lie on disk; Node writes them without asking when
// the heap is full.
const ON_DISK = 'An action cannot have files written.';
const NO_ADDONS = 'An action cannot load a native addon: use a package without one.';

function fix(target, name, value) {
  if (target[name] === undefined) return;
  defineProperty(target, name, {
    __proto__: null,
    value,
    writable: false,
    enumerable: true,
    configurable: false,
  });
}

function refused(name, what = `${name} is not available to an action.`) {
  return function refuse() {
    const error = new errors.Error(what);
    captureStackTrace(error, refuse);
    throw error;
  };
}

/**
 * Guard the process. `ended` is called with the error of an action that tries to end it: the run
 * fails, whether the action catches the error or not.
 */
export function guardProcess(ended) {
  for (const name of ENDS) {
    fix(process, name, function end() {
      const error = new errors.Error(
        `process.${name}() was called; an action cannot end the process it runs in. Return instead.`,
      );
      captureStackTrace(error, end);
      ended(error);
      throw error;
    });
  }
  for (const name of REFUSED) fix(process, name, refused(`process.${name}()`));
  fix(process, 'dlopen', refused('process.dlopen()', NO_ADDONS));
  fix(require('node:v8'), 'setFlagsFromString', refused('v8.setFlagsFromString()'));
  fix(require('node:os'), 'setPriority', refused('os.setPriority()'));
  // Its file is written where the engine stands, by versions of Node 24 below 24.17.
  fix(require('node:trace_events'), 'createTracing', refused('trace_events.createTracing()', ON_DISK));
  guardReports();
  process.argv.length = 1;
  process.execArgv.length = 0;
  process.exitCode = undefined;
}

// Its settings are places on disk; what it can be asked for stays.
function guardReports() {
  const { report } = process;
  report.excludeNetwork = true;
  fix(process, 'report', {
    excludeNetwork: true,
    getReport: (error) => report.getReport(error),
    writeReport: refused('process.report.writeReport()', ON_DISK),
  });
  const refuse = refused('v8.setHeapSnapshotNearHeapLimit()', ON_DISK);
  fix(require('node:v8'), 'setHeapSnapshotNearHeapLimit', refuse);
}

/**
 * Take from a debugged worker what only its debugger may have of Node: threads, in which nothing is
 * guarded, and the inspector, which could open a port (security.md 32).
 */
export function guardDebugging() {
  fix(require('node:worker_threads'), 'Worker', refused('worker_threads.Worker'));
  // Both before either is changed: one is made of the other.
  const modules = [require('node:inspector'), require('node:inspector/promises')];
  for (const inspector of modules) {
    for (const name of ['open', 'Session', 'waitForDebugger']) {
      fix(inspector, name, refused(`inspector.${name}`));
    }
  }
  syncBuiltinESMExports();
}
