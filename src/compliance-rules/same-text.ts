/** Whether two texts name the same thing: case and outer blanks are ignored (contract §3, TRAINING). */
export function isSameText(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase('sv') === other.trim().toLocaleLowerCase('sv');
}
