/** Kept in old syntax, so that an old Node can read this file and say what is wrong. */
var WANTED = [20, 18, 1];

/** Tells whether this Node is new enough; prints one line when it is not. */
export function nodeIsNewEnough() {
  var parts = process.versions.node.split('.').map(Number);
  for (var i = 0; i < WANTED.length; i += 1) {
    if (parts[i] > WANTED[i]) return true;
    if (parts[i] < WANTED[i]) {
      console.error('This needs Node.js ' + WANTED.join('.') + ' or newer; found ' + process.versions.node + '.');
      process.exitCode = 1;
      return false;
    }
  }
  return true;
}
