/**
 * The oldest Node that the program runs on, as `engines` in package.json says it. What stands here is read by Nodes that are
 * older: no syntax and no function that Node 12 doesn't know.
 */
export const OLDEST_NODE = '20.19';

/** What is wrong with a version of Node, and how to fix it; nothing where the program runs on it. */
export function tooOld(version: string): { message: string; mend: string } | undefined {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const [leastMajor, leastMinor] = OLDEST_NODE.split('.').map(Number) as [number, number];
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return {
    message: `settle needs Node ${OLDEST_NODE} or later, and this is Node ${version}`,
    mend: 'Install a newer Node (https://nodejs.org), or call settle with one that is there already.',
  };
}
