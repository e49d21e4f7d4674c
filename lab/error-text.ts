/** What was thrown, in one line: the name of the error and its message. */
export const errorText = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
