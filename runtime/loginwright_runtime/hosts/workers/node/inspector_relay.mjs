// Runs in a thread of a debugged worker: passes the inspector's messages between the main thread
// and the parent, over descriptor 7. No port is opened (security.md 32).

import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';

const DEBUG = 7;
const NEWLINE = 10;
const LONGEST = 16384;

const session = new Session();
session.connectToMainThread();

const line = new Socket({ fd: DEBUG, readable: true, writable: true });
line.on('end', leave);
line.on('error', leave);

// Whoever looks at the code is gone: it must not be let loose.
function leave() {
  process.kill(process.pid, 'SIGKILL');
}

function tell(message) {
  line.write(`${JSON.stringify(message)}\n`);
}

session.on('inspectorNotification', (message) => {
  if (message.method !== 'Debugger.scriptParsed' || isOfInterest(message.params.url)) {
    tell(shortened(message));
  }
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
    tell({ id, result: {} });
    return;
  }
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
