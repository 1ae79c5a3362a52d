/** Two flows beside each other: what of the method's is gone, what the site has besides. Pure. */
export interface FlowStep {
  name: string;
  is: 'same' | 'missing' | 'added';
}

/** The site's flow with the method's missing steps where they would stand, by the longest common run of both. */
export function compareFlows(says: readonly string[], has: readonly string[]): FlowStep[] {
  const common: number[][] = Array.from({ length: says.length + 1 }, () => Array.from({ length: has.length + 1 }, () => 0));
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = says.length - 1; row >= 0; row--)
    for (let column = has.length - 1; column >= 0; column--) {
      const cells = common[row];
      if (cells) cells[column] = says[row] === has[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  const steps: FlowStep[] = [];
  let [row, column] = [0, 0];
  while (row < says.length || column < has.length) {
    const [said, found] = [says[row], has[column]];
    if (said !== undefined && said === found) {
      steps.push({ name: said, is: 'same' });
      row++;
      column++;
    } else if (found === undefined || (said !== undefined && at(row + 1, column) >= at(row, column + 1))) {
      steps.push({ name: said ?? '', is: 'missing' });
      row++;
    } else {
      steps.push({ name: found, is: 'added' });
      column++;
    }
  }
  return steps;
}
