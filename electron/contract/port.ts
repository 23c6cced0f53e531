import { z } from 'zod';

const portMessage = 'A port is a whole number from 1 to 65535.';

export const Port = z.number(portMessage).int(portMessage).min(1, portMessage).max(65535, portMessage);
