/**
 * Leaves a mark that there is a database, and says whether there was one: a mark that outlived its database is that of one
 * that is lost.
 */
export function leaveMark(name: string): boolean {
  try {
    const wasThere = localStorage.getItem(name) !== null;
    localStorage.setItem(name, '');
    return wasThere;
  } catch {
    // A worker, or a page that may not keep anything.
    return false;
  }
}
