export function comparison(before: object, after: object): string;
export function compareFiles(before: string, after: string): string;
