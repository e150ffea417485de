// Runs in a thread of a debugged worker: passes the inspector's messages between the main thread
// and the parent, over descriptor 7. No port is opened (security.md 32).

import { writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';

import { LineRecording } from './line_recording.mjs';

const DEBUG = 7;
const NEWLINE = 10;
const LONGEST = 16384;
const MOST_FRAMES = 200;

const session = new Session();
session.connectToMainThread();

const line = new Socket({ fd: DEBUG, readable: true, writable: false });
line.on('end', leave);
line.on('error', leave);

// Whoever looks at the code is gone: it must not be let loose.
function leave() {
  process.kill(process.pid, 'SIGKILL');
}

const sleeping = new Int32Array(new SharedArrayBuffer(4));

// Whole before anything else happens, so that the parent hears of a line before what the line does.
function tell(message) {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(DEBUG, bytes, sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') leave();
      Atomics.wait(sleeping, 0, 0, 1);
    }
  }
}

const recording = new LineRecording(session, (method, params) => tell({ method, params }));

session.on('inspectorNotification', (message) => {
  const { method, params } = message;
  if (method === 'Debugger.paused') params.callFrames = params.callFrames.slice(0, MOST_FRAMES);
  if (method === 'Debugger.scriptParsed' && !isOfInterest(params.url)) return;
  if (method === 'Debugger.paused' && recording.takes(params, () => tell(shortened(message)))) return;
  tell(shortened(message));
});

function isOfInterest(url) {
  return url.startsWith('file://') || url.endsWith('loginwright:api');
}

// Texts can be as long as memory lasts; nobody wants to see the whole of such a one.
function shortened(value) {
  if (typeof value === 'string') {
    return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  for (const key of Object.keys(value)) value[key] = shortened(value[key]);
  return value;
}

function act({ id, method, params }) {
  if (method === 'Relay.record') {
    recording.begin(params, () => tell({ id, result: {} }));
    return;
  }
  recording.steps(method);
  session.post(method, params, (error, result) => {
    tell(error === null ? { id, result: shortened(result) } : { id, error: { message: error.message } });
  });
}

let held = Buffer.alloc(0);
line.on('data', (chunk) => {
  held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
  for (let end = held.indexOf(NEWLINE); end >= 0; end = held.indexOf(NEWLINE)) {
    const text = held.toString('utf8', 0, end);
    held = held.subarray(end + 1);
    act(JSON.parse(text));
  }
});
parentPort.postMessage('connected');
