// Tells the parent of every line of the flow that the main thread reaches, without asking it.

const STEPS = new Set([
  'Debugger.resume',
  'Debugger.stepOver',
  'Debugger.stepInto',
  'Debugger.stepOut',
]);
const SHOWN = new Set(['local', 'block', 'catch']);
const MOST_SCOPES = 4;
const MOST_CALLERS = 100;

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A breakpoint on each line of the flow's files, and what is done where one is reached. */
export class LineRecording {
  #session;
  #tell;
  #on = false;
  #lines = new Map(); // Of each breakpoint, the line it was set on.
  #files = new Set();
  #step = 'Debugger.resume';
  #stack = [];
  #start = [];
  #entered = new Set();
  #interrupted = false;
  #below = '';

  /** Record through `session`; `tell` sends a message to the parent. */
  constructor(session, tell) {
    this.#session = session;
    this.#tell = tell;
  }

  /** Record, or not, from the next run on; `files` holds URL and number of lines of each. */
  begin({ files }, done) {
    this.#on = files.length > 0;
    this.#step = 'Debugger.resume';
    this.#interrupted = false;
    this.#below = '';
    if (!this.#on) {
      for (const breakpointId of this.#lines.keys()) {
        this.#session.post('Debugger.removeBreakpoint', { breakpointId });
      }
      this.#lines.clear();
      this.#files.clear();
    }
    for (const [url, lines] of files) this.#arm(url, lines);
    // After all of those. Nothing that runs code: V8 could stop in it, for a pause of the run before, and
    // Node can then forget to handle any further message.
    this.#session.post('Debugger.setBreakpointsActive', { active: true }, done);
  }

  #arm(url, lines) {
    if (this.#files.has(url)) return;
    this.#files.add(url);
    // By pattern: the parent's own breakpoints are by URL, and may stand on the same line.
    const urlRegex = `^${escaped(url)}$`;
    for (let lineNumber = 0; lineNumber < lines; lineNumber += 1) {
      this.#session.post('Debugger.setBreakpointByUrl', { urlRegex, lineNumber }, (error, result) => {
        if (error === null) this.#lines.set(result.breakpointId, lineNumber);
      });
    }
  }

  /** Take note of what the parent asks for. */
  steps(method) {
    if (method === 'Debugger.pause') this.#interrupted = true;
    if (!STEPS.has(method)) return;
    this.#step = method;
    this.#start = this.#stack;
    this.#entered.clear();
  }

  /** Whether a pause is this one's to deal with; `forward` passes it on to the parent later. */
  takes(params, forward) {
    if (!this.#on) return false;
    this.#stack = params.callFrames.map((frame) => JSON.stringify(frame.functionLocation));
    const hit = params.hitBreakpoints ?? [];
    if (!hit.some((id) => this.#lines.has(id))) return false;
    params.hitBreakpoints = hit.filter((id) => !this.#lines.has(id));
    // One on a line without code stands elsewhere, such as where the function is left.
    const { lineNumber } = params.callFrames[0].location;
    const isReached = hit.some((id) => this.#lines.get(id) === lineNumber);
    this.#recordIf(isReached, params, () => {
      if (params.hitBreakpoints.length > 0 || this.#interrupted || this.#ends()) {
        this.#interrupted = false;
        if (params.reason === 'other' || params.reason === 'ambiguous') params.reason = 'step';
        forward();
        return;
      }
      const isRunning = this.#step === 'Debugger.resume';
      this.#session.post(isRunning ? this.#step : 'Debugger.stepOut');
    });
    return true;
  }

  // As hosts/step_target.py has it.
  #ends() {
    if (this.#step === 'Debugger.resume') return false;
    if (this.#step === 'Debugger.stepInto') return true;
    const isOver = this.#step === 'Debugger.stepOver';
    const deeper = this.#stack.length - this.#start.length;
    if (deeper > 0) {
      this.#entered.add(this.#stack[0]);
      return false;
    }
    if (this.#stack.every((name, at) => name === this.#start[at - deeper])) return isOver || deeper < 0;
    if (this.#stack[0] === this.#start[0]) return isOver;
    return !this.#entered.has(this.#stack[0]);
  }

  #recordIf(isReached, params, done) {
    if (isReached) this.#record(params, done);
    else done();
  }

  #record({ callFrames }, done) {
    const top = callFrames[0];
    const scopes = top.scopeChain.filter(({ type }) => SHOWN.has(type)).slice(0, MOST_SCOPES);
    const found = [];
    let open = scopes.length;
    const finish = () => {
      const { functionName, functionLocation, location } = top;
      const line = { functionName, functionLocation, location, scopes: found };
      const below = callFrames.slice(1, MOST_CALLERS).map(caller);
      const text = JSON.stringify(below);
      if (text !== this.#below) line.below = below; // Else as at the last line.
      this.#below = text;
      this.#tell('Relay.line', line);
      done();
    };
    if (open === 0) finish();
    scopes.forEach(({ object: { objectId } }, at) => {
      const asked = { objectId, ownProperties: true, generatePreview: true };
      this.#session.post('Runtime.getProperties', asked, (error, result) => {
        found[at] = error === null ? result.result.slice(0, 100).map(brief) : [];
        open -= 1;
        if (open === 0) finish();
      });
    });
  }
}

function caller({ functionName, location: { scriptId, lineNumber } }) {
  return [scriptId, functionName, lineNumber];
}

// What the parent makes a text of, without what could be as long as memory lasts.
function brief({ name, value, get }) {
  if (value === undefined) return { name, get };
  if (typeof value.value === 'string' && value.value.length > 500) {
    return { name, value: { type: value.type, value: `${value.value.slice(0, 500)}…` } };
  }
  if (typeof value.description === 'string' && value.description.length > 500) {
    return { name, value: { ...value, description: `${value.description.slice(0, 500)}…` } };
  }
  return { name, value };
}
