/** Names of classes that apply, as one attribute. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter((name) => name !== false && name !== undefined).join(' ');
