export const demoAeTitle = 'DEMO';
export const demoHost = '127.0.0.1';

/** What the demonstration archive's process tells the one that started it. */
export interface DemoMessage {
  readonly kind: 'listening';
  readonly port: number;
}

export function isDemoMessage(message: unknown): message is DemoMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    Reflect.get(message, 'kind') === 'listening' &&
    typeof Reflect.get(message, 'port') === 'number'
  );
}
