// The JavaScript worker: runs one handler after another for one flow version. It speaks the
// protocol of hosts/messages.py and decides nothing.

import { AsyncLocalStorage } from 'node:async_hooks';

import { apiMaker } from './node/api.mjs';
import { setClock } from './node/clock.mjs';
import { installConsole } from './node/console.mjs';
import { quote, quoteAll } from './node/encoding.mjs';
import { rememberGlobals, restoreGlobals } from './node/globals.mjs';
import { Modules } from './node/modules.mjs';
import { guardSockets, setNetwork } from './node/network.mjs';
import { setPackages } from './node/packages.mjs';
import { fileName, setFlow } from './node/places.mjs';
import {
  apply,
  defineProperty,
  errors,
  keys,
  monotonic,
  parse,
  promiseThen,
  runSoon,
  setPrototypeOf,
} from './node/primordials.mjs';
import { installWarnings, print } from './node/printing.mjs';
import { guardProcess } from './node/process_guard.mjs';
import { lateFrame, threwFrame } from './node/reports.mjs';
import { finishLines, installStreams } from './node/streams.mjs';
import { leave, listen, send } from './node/wire.mjs';

const ERROR_FRAMES = 30;

const runs = new AsyncLocalStorage();
const enterRun = runs.run.bind(runs);
const enteredRun = runs.getStore.bind(runs);
let limits = { log_lines: 0, log_bytes: 0, frame_bytes: 0 };
let modules = null;
let makeApi = null;
let next = null; // The run and its api that the next frame will fill, made while there is time.
let current = null;
let last = null;

// The run that the running code belongs to, also when that run is over.
function whose() {
  return enteredRun() ?? current ?? last;
}

function setUp(frame) {
  limits = frame.limits;
  const files = setPrototypeOf(frame.files, null);
  setFlow(frame.root, files);
  setPackages(frame.packages);
  modules = new Modules(files, {
    action: () => whose().action,
    warn: (text) => print(whose(), 'warn', text, null, limits),
  });
  makeApi = apiMaker(frame.methods, limits);
  installConsole(whose, limits);
  installStreams(whose, limits);
  installWarnings(whose, limits);
  process.on('unhandledRejection', uncaught);
  process.on('uncaughtException', uncaught);
  guardProcess(uncaught);
  guardSockets();
  Error.stackTraceLimit = ERROR_FRAMES;
  offerSecrets();
  rememberGlobals();
  prepare();
  send(`{"type":"ready","version":${quote(process.version)}}\n`, false);
}

// What modules of the platform read: the secrets of the action that uses them.
function offerSecrets() {
  const value = {
    get secrets() {
      return whose()?.secrets;
    },
  };
  defineProperty(globalThis, 'actions', {
    __proto__: null,
    value,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

// Code that nobody awaits threw, or an action tried to end the process.
function uncaught(thrown, promise) {
  const run = whose();
  if (run === null) leave(70);
  if (run.debugged !== undefined && run.debugged.outcome === promise) threw(run, thrown);
  else if (run.over) send(lateFrame(run, thrown), false);
  else end(run, threwFrame(run, thrown, { uncaught: true, duration: since(run) }));
}

function since(run) {
  return run.began === 0 ? 0 : monotonic() - run.began;
}

function end(run, frame) {
  if (run.over) return;
  finishLines(limits);
  run.over = true;
  last = run;
  current = null;
  send(frame, false);
  prepare();
}

function prepare() {
  const run = {
    id: '',
    action: '',
    code: '',
    file: '',
    event: null,
    secrets: null,
    wait: false,
    over: false,
    began: 0,
    lines: 0,
    bytes: 0,
    groups: 0,
    console: null,
    api: null,
    debugged: undefined,
  };
  run.api = makeApi(run);
  next = run;
}

function threw(run, thrown) {
  end(run, threwFrame(run, thrown, { uncaught: false, duration: since(run) }));
}

// After the promise rejections of this turn have been looked at: a floating one fails the run.
function returned(run) {
  const duration = since(run);
  runSoon(() => end(run, `{"type":"done","run":"${run.id}","duration_ms":${duration}}\n`));
}

function begin(frame) {
  const run = next;
  run.id = frame.run;
  run.action = frame.action;
  run.code = frame.code;
  run.file = fileName(frame.code);
  run.event = frame.event;
  run.secrets = frame.event.secrets;
  run.wait = frame.wait;
  run.debugged = frame.debugged;
  current = run;
  setClock(frame.now);
  setNetwork(frame.network === 'open');
  if (frame.fresh) {
    modules.forget();
    restoreGlobals();
  }
  enterRun(run, start, run, frame.handler);
}

function start(run, name) {
  let exported;
  let handler;
  const isWarm = modules.has(run.code);
  try {
    exported = modules.load(run.code);
    handler = handlerOf(exported, name);
  } catch (thrown) {
    threw(run, thrown);
    return;
  }
  if (run.over) return;
  if (handler === null) {
    end(run, `{"type":"missing","run":"${run.id}","exported":${quoteAll(exportsOf(exported))}}\n`);
    return;
  }
  if (!isWarm) send(`{"type":"began","run":"${run.id}"}\n`, false);
  invoke(run, exported, handler);
}

function handlerOf(exported, name) {
  const handler = exported?.[name];
  if (typeof handler === 'function') return handler;
  if (typeof exported !== 'function') return null;
  throw new errors.Error(
    'The module exports one function, the shape of trigger version 1, which is not supported. ' +
      `Export the handler by its name: exports.${name} = async (event, api) => { … };`,
  );
}

function exportsOf(exported) {
  return typeof exported === 'object' && exported !== null ? keys(exported) : [];
}

function invoke(run, exported, handler) {
  let result;
  run.began = monotonic();
  if (run.debugged !== undefined) {
    invokeDebugged(run, exported, handler);
    return;
  }
  try {
    result = apply(handler, exported, [run.event, run.api]);
  } catch (thrown) {
    threw(run, thrown);
    return;
  }
  if (typeof result === 'object' && result !== null) settle(run, result);
  else returned(run);
}

// Nothing here catches what the handler throws, so that the inspector can tell what nobody catches
// from what the action catches itself: the promise that it makes of it is rejected unhandled.
function invokeDebugged(run, exported, handler) {
  run.debugged.outcome = promiseThen(
    (async function callHandler() {
      debugger; // The parent steps from here into the handler.
      await apply(handler, exported, [run.event, run.api]);
    })(),
    () => returned(run),
  );
}

async function settle(run, result) {
  try {
    await result;
  } catch (thrown) {
    threw(run, thrown);
    return;
  }
  returned(run);
}

listen((text) => {
  const frame = parse(text);
  if (frame.type === 'run') begin(frame);
  else if (frame.type === 'setup') setUp(frame);
});
