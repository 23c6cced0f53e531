const deepestCause = 3;
const mostFrames = 20;

interface DescribedBug {
  readonly name: string;
  readonly code?: string;
  readonly frames: readonly string[];
  readonly cause?: DescribedBug;
}

/**
 * What the log keeps of a bug: its name, code and where it happened, causes included.
 *
 * Not its message: messages quote the data they stumbled over ("DOE^JANE" is not valid JSON), and the
 * frames say where to look.
 */
export function describeBug(bug: unknown, depth = 0): DescribedBug {
  if (!(bug instanceof Error)) return { name: typeof bug, frames: [] };
  const code: unknown = Reflect.get(bug, 'code');
  return {
    name: cut(bug.name),
    ...(typeof code === 'string' ? { code: cut(code) } : {}),
    frames: framesOf(bug),
    ...(bug.cause !== undefined && depth < deepestCause ? { cause: describeBug(bug.cause, depth + 1) } : {}),
  };
}

function framesOf(bug: Error): readonly string[] {
  const stack = typeof bug.stack === 'string' ? bug.stack : '';
  // The message comes first and may have lines of its own that look like frames.
  const afterMessage = stack.includes(bug.message)
    ? stack.slice(stack.indexOf(bug.message) + bug.message.length)
    : stack;
  return afterMessage
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, mostFrames)
    .map(cut);
}

function cut(text: string): string {
  return text.slice(0, 200);
}
