/** What a user gave can't be used: the message is one line saying what was given, what is allowed and where. */
export class InputError extends Error {}
